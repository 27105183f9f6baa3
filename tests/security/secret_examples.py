"""One invented secret of each kind, put together when the tests run: no file of this repository holds one."""

from __future__ import annotations

import hashlib
import string

SMALL, DIGITS = string.ascii_lowercase, string.digits
LETTERS = string.ascii_letters + DIGITS
URL_SAFE = LETTERS + "-_"
HEX = "0123456789abcdef"


def letters(count: int, among: str = LETTERS, seed: str = "perftrack") -> str:
    """Make letters that look random and are always the same, of every sort that is asked for."""
    stream = (byte for block in range(count) for byte in hashlib.sha256(f"{seed}{block}".encode()).digest())
    return "".join(among[byte % len(among)] for byte, _ in zip(stream, range(count), strict=False))


def hexadecimal(count: int) -> str:
    return letters(count, HEX)


JWT = f"eyJ{letters(30)}.eyJ{letters(40)}.{letters(43, URL_SAFE)}"
UUID = "-".join(hexadecimal(count) for count in (8, 4, 4, 4, 12))
AWS_ID = letters(16, string.ascii_uppercase + DIGITS)
PEM = f"-----BEGIN RSA PRIVATE KEY-----\n{letters(64)}\n{letters(64)}\n{letters(20)}==\n-----END RSA PRIVATE KEY-----"

# What shows by itself, wherever it stands; several of a kind where it has several forms.
TOKENS: dict[str, tuple[str, ...]] = {
    "Meta access token": (f"EAAB{letters(178)}", f"EAAG{letters(40)}"),
    "Meta app access token": (f"{letters(15, DIGITS)}|{letters(27, URL_SAFE)}",),
    "Instagram access token": (f"IGQVJ{letters(140)}", f"IGAA{letters(100)}"),
    "Google API key": (f"AIza{letters(35, URL_SAFE)}",),
    "Google OAuth access token": (f"ya29.{letters(100, URL_SAFE)}",),
    "Google OAuth refresh token": (f"1//0{letters(60, URL_SAFE)}",),
    "Google OAuth client secret": (f"GOCSPX-{letters(28, URL_SAFE)}",),
    "TikTok access token": (f"act.{letters(40)}!4123.va", f"clt.{letters(40)}"),
    "TikTok refresh token": (f"rft.{letters(40)}!4123.va",),
    "LinkedIn access token": (f"AQV{letters(340, URL_SAFE)}",),
    "X bearer token": (f"{'A' * 22}{letters(30)}%3D{letters(40)}",),
    "X access token": (f"{letters(18, DIGITS)}-{letters(40)}",),
    "Shopify access token": tuple(f"shp{kind}_{hexadecimal(32)}" for kind in ("at", "ca", "pa", "ua")),
    "Shopify shared secret": (f"shpss_{hexadecimal(32)}",),
    "Stripe secret key": (f"sk_live_{letters(24)}", f"sk_test_{letters(99)}"),
    "Stripe restricted key": (f"rk_live_{letters(24)}",),
    "Stripe webhook secret": (f"whsec_{letters(32)}",),
    "Stripe client secret": (f"pi_{letters(24)}_secret_{letters(25)}",),
    "WooCommerce key or secret": (f"ck_{hexadecimal(40)}", f"cs_{hexadecimal(40)}"),
    "Mailchimp API key": (f"{hexadecimal(32)}-us21",),
    "Klaviyo private key": (f"pk_{hexadecimal(34)}",),
    "SendGrid API key": (f"SG.{letters(22, URL_SAFE)}.{letters(43, URL_SAFE)}",),
    "Mailgun key": (f"key-{hexadecimal(32)}",),
    "Brevo API key": (f"xkeysib-{hexadecimal(64)}-{letters(16)}",),
    "JSON Web Token (such as an API token of Microsoft Clarity)": (JWT,),
    "AWS access key": (f"AKIA{AWS_ID}", f"ASIA{AWS_ID}"),
    "GitHub token": (
        f"ghp_{letters(36)}",
        f"gho_{letters(36)}",
        f"ghs_{letters(36)}",
        f"github_pat_{letters(82)}",
    ),
    "GitLab token": (f"glpat-{letters(20)}",),
    "Slack token": (f"xoxb-{letters(12, DIGITS)}-{letters(24)}", f"xoxp-{letters(12, DIGITS)}-{letters(24)}"),
    "Slack webhook": (f"hooks.slack.com/services/T{letters(9)}/B{letters(9)}/{letters(24)}",),
    "Discord webhook": (f"discord.com/api/webhooks/{letters(18, DIGITS)}/{letters(68, URL_SAFE)}",),
    "npm token": (f"npm_{letters(36)}",),
    "PyPI token": (f"pypi-AgEI{letters(80)}",),
    "Twilio key or account": (f"SK{hexadecimal(32)}", f"AC{hexadecimal(32)}"),
    "HubSpot token": (f"pat-na1-{UUID}",),
    "Anthropic API key": (f"sk-ant-api03-{letters(80)}",),
    "OpenAI API key": (f"sk-{letters(48)}", f"sk-proj-{letters(60)}"),
    "Hugging Face token": (f"hf_{letters(34)}",),
    "DigitalOcean token": (f"dop_v1_{hexadecimal(64)}",),
    "Databricks token": (f"dapi{hexadecimal(32)}",),
    "Telegram bot token": (f"{letters(10, '123456789')}:AA{letters(33, URL_SAFE)}",),
    "Pinterest access token": (f"pina_{letters(60)}",),
    "Dropbox access token": (f"sl.{letters(130, URL_SAFE)}",),
    "Airtable token": (f"pat{letters(14)}.{hexadecimal(64)}",),
    "Notion token": (f"ntn_{letters(46)}",),
    "Square access token": (f"sq0atp-{letters(22, URL_SAFE)}",),
}
# What is known by what stands before it: the text, and the secret within it.
ANNOUNCED: dict[str, tuple[str, str]] = {
    "private key": (PEM, letters(64)),
    "Authorization header": (f"Authorization: Basic {letters(20)}==", f"{letters(20)}=="),
    "bearer token": (f"Bearer {letters(40)}", letters(40)),
    "password in a web address": (f"https://shop:{letters(9)}@mail.example/x", letters(9)),
    "Azure account key": (f"AccountName=umoja;AccountKey={letters(86)}==", letters(86)),
    "Azure shared access signature": (
        f"https://umoja.example/b?sv=2024-11-04&sig={letters(43)}%3D&se=2026",
        letters(43),
    ),
    "Bitly access token": (f"api-ssl.bitly.com uses {hexadecimal(40)}", hexadecimal(40)),
    "Awin API token": (f"awin_api_token={UUID}", UUID),
    "secret by the name of its field": (f"app_secret={hexadecimal(32)}", hexadecimal(32)),
    "access token in a web address": (
        f"https://graph.example/me?access_token={letters(16)}&limit=2",
        letters(16),
    ),
}
