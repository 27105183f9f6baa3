"""The kinds of tokens and keys that must not be committed: how each looks, and how it is revoked.

Patterns are over bytes that are not encoded twice (`disguises` takes care of that). They take linear time: what
repeats without a bound takes all it can and gives nothing back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

# What a value needs: so many different characters; capitals, small letters and digits; or two of these with a sign.
Variety = int | Literal["mixed", "password"]
ANY, FEW, SOME = 1, 5, 10


@dataclass(frozen=True)
class Kind:
    """One kind of secret. `variety` tells a real one from padding and from words that begin alike."""

    name: str
    pattern: bytes
    revoke: str
    variety: Variety = FEW


META = "the app's dashboard at developers.facebook.com, or log the user out of the app, and make a new one"
GOOGLE = "the Google Cloud console under APIs & Services, Credentials"
SHOPIFY = "uninstall the app in the shop's admin under Settings, Apps, and install it again"
STRIPE = "roll it in the Stripe dashboard under Developers, API keys"
SLACK = "api.slack.com/apps, your app, OAuth & Permissions, Revoke"
GITHUB = "github.com/settings/tokens"
HEX = rb"[0-9a-f]"
WORD = rb"[A-Za-z0-9_-]"

# All of these hold at least 20 letters, digits, - or _ in a row: `secrets` looks at nothing else.
TOKENS: tuple[Kind, ...] = (
    Kind("Meta access token", rb"EAA[A-Za-z0-9]{57,}+", META),
    Kind("Meta access token", rb"EAA[A-Za-z0-9]{20,}+", META, "mixed"),
    Kind("Meta app access token", rb"[0-9]{14,18}\|[A-Za-z0-9_-]{27}(?![A-Za-z0-9_-])", META, "mixed"),
    Kind("Instagram access token", rb"(?:IGQ|IGAA)[A-Za-z0-9_-]{20,}+", META, SOME),
    Kind("Google API key", rb"AIza[A-Za-z0-9_-]{35}", GOOGLE),
    Kind("Google OAuth access token", rb"ya29\.[A-Za-z0-9_-]{20,}+[A-Za-z0-9_.-]*+", GOOGLE),
    Kind("Google OAuth refresh token", rb"1//[A-Za-z0-9_-]{20,}+", "myaccount.google.com/permissions", SOME),
    Kind("Google OAuth client secret", rb"GOCSPX-[A-Za-z0-9_-]{20,}+", GOOGLE),
    Kind(
        "TikTok access token",
        rb"(?:act|clt)\.[A-Za-z0-9_-]{20,}+(?:![0-9]{1,6}+\.[a-z0-9]{1,6}+)?+",
        "developers.tiktok.com, Manage apps, or the revoke endpoint of OAuth",
        SOME,
    ),
    Kind(
        "TikTok refresh token",
        rb"rft\.[A-Za-z0-9_-]{20,}+(?:![0-9]{1,6}+\.[a-z0-9]{1,6}+)?+",
        "developers.tiktok.com, Manage apps, or the revoke endpoint of OAuth",
        SOME,
    ),
    Kind(
        "LinkedIn access token",
        rb"(?<!_oc=)(?<!ohc=)(?<!gid=)AQ[A-Za-z0-9_-]{100,}+",
        "linkedin.com/developers/apps, your app, Auth",
        "mixed",
    ),
    Kind(
        "X bearer token",
        rb"A{20,24}[A-Za-z0-9%+/=_-]{30,}+",
        "developer.x.com, your app, Keys and tokens, Regenerate",
        SOME,
    ),
    Kind(
        "X access token",
        rb"[0-9]{8,20}-[A-Za-z0-9]{40}(?![A-Za-z0-9_-])",
        "developer.x.com, your app, Keys and tokens, Revoke",
        "mixed",
    ),
    Kind("Shopify access token", rb"shp(?:at|ua|ca|pa|tka)_[A-Fa-f0-9]{32}", SHOPIFY),
    Kind("Shopify shared secret", rb"shpss_[A-Fa-f0-9]{32}", SHOPIFY),
    Kind("Stripe secret key", rb"sk_(?:live|test)_[A-Za-z0-9]{16,}+", STRIPE),
    Kind("Stripe restricted key", rb"rk_(?:live|test)_[A-Za-z0-9]{16,}+", STRIPE),
    Kind("Stripe webhook secret", rb"whsec_[A-Za-z0-9+/]{20,}+=*+", "the Stripe dashboard under Webhooks, Roll secret"),
    Kind(
        "Stripe client secret",
        rb"(?:pi|seti)_[A-Za-z0-9]{10,40}+_secret_[A-Za-z0-9]{10,}+",
        "cancel the payment or setup intent in the Stripe dashboard",
    ),
    Kind(
        "WooCommerce key or secret",
        rb"c[ks]_[0-9a-f]{40}",
        "WooCommerce, Settings, Advanced, REST API, Revoke",
    ),
    Kind(
        "Mailchimp API key",
        rb"[0-9a-f]{32}-us[0-9]{1,2}(?![A-Za-z0-9])",
        "Mailchimp, Account, Extras, API keys",
        FEW,
    ),
    Kind("Klaviyo private key", rb"pk_[0-9a-f]{34}(?![A-Za-z0-9])", "Klaviyo, Settings, API keys"),
    Kind("SendGrid API key", rb"SG\.[A-Za-z0-9_-]{16,64}+\.[A-Za-z0-9_-]{20,}+", "SendGrid, Settings, API Keys"),
    Kind("Mailgun key", rb"key-[0-9a-f]{32}(?![A-Za-z0-9])", "Mailgun, Settings, API keys"),
    Kind("Brevo API key", rb"xkeysib-[0-9a-f]{40,}+-[A-Za-z0-9]{8,}+", "Brevo, SMTP & API, API keys"),
    Kind(
        "JSON Web Token (such as an API token of Microsoft Clarity)",
        rb"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{17,}+\.eyJ[A-Za-z0-9_-]{5,}+\.[A-Za-z0-9_-]{10,}+",
        "delete it where it was made (Clarity: Settings, Data export) and make a new one",
    ),
    Kind("AWS access key", rb"(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])", "the AWS console, IAM, Access keys", FEW),
    Kind("GitHub token", rb"gh[pousr]_[A-Za-z0-9]{30,}+", GITHUB),
    Kind("GitHub token", rb"github_pat_[A-Za-z0-9_]{22,}+", GITHUB),
    Kind("GitLab token", rb"gl(?:pat|ptt|dt|rt|cbt|ft|soat)-[A-Za-z0-9_-]{20,}+", "GitLab, Preferences, Access tokens"),
    Kind("Slack token", rb"(?:xox[abceoprs]|xapp)-[A-Za-z0-9-]{15,}+", SLACK, FEW),
    Kind(
        "Slack webhook",
        rb"hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9]{5,20}+/[A-Za-z0-9]{5,24}+/[A-Za-z0-9]{20,}+",
        "api.slack.com/apps, your app, Incoming webhooks, Remove",
    ),
    Kind(
        "Discord webhook",
        rb"discord(?:app)?\.com/api/webhooks/[0-9]{10,25}+/[A-Za-z0-9_-]{30,}+",
        "Discord, the channel's settings, Integrations, Webhooks",
    ),
    Kind("npm token", rb"npm_[A-Za-z0-9]{30,}+", "npmjs.com, Access tokens"),
    Kind("PyPI token", rb"pypi-[A-Za-z0-9_-]{40,}+", "pypi.org, Account settings, API tokens", SOME),
    Kind("Twilio key or account", rb"(?:SK|AC)[0-9a-f]{32}(?![A-Za-z0-9])", "console.twilio.com, API keys", FEW),
    Kind(
        "HubSpot token",
        rb"pat-[a-z]{2,4}[0-9]-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        "HubSpot, Settings, Integrations, Private apps, Rotate",
    ),
    Kind("Anthropic API key", rb"sk-ant-[A-Za-z0-9_-]{20,}+", "console.anthropic.com, API keys"),
    Kind("OpenAI API key", rb"sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{20,}+", "platform.openai.com, API keys"),
    Kind("OpenAI API key", rb"sk-[A-Za-z0-9]{32,}+", "platform.openai.com, API keys", "mixed"),
    Kind("Hugging Face token", rb"hf_[A-Za-z0-9]{30,}+", "huggingface.co/settings/tokens"),
    Kind("DigitalOcean token", rb"do[opr]_v1_[0-9a-f]{40,}+", "cloud.digitalocean.com, API"),
    Kind("Databricks token", rb"dapi[0-9a-f]{32}(?![A-Za-z0-9])", "Databricks, Settings, Developer, Access tokens"),
    Kind("Telegram bot token", rb"[0-9]{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])", "@BotFather, /revoke", SOME),
    Kind("Pinterest access token", rb"pina_[A-Za-z0-9_]{30,}+", "developers.pinterest.com, your app"),
    Kind("Dropbox access token", rb"sl\.[A-Za-z0-9_-]{60,}+", "dropbox.com/account/connected_apps", SOME),
    Kind("Airtable token", rb"pat[A-Za-z0-9]{14}\.[0-9a-f]{64}", "airtable.com/create/tokens"),
    Kind("Notion token", rb"ntn_[A-Za-z0-9]{40,}+", "notion.so/profile/integrations"),
    Kind("Square access token", rb"sq0(?:atp|csp)-[A-Za-z0-9_-]{20,}+", "developer.squareup.com, your app"),
)  # fmt: skip

# Known by what stands before them; `pattern` is the value.
PRIVATE_KEY = Kind(
    "private key",
    rb"(?:\s{0,2}[A-Za-z0-9+/=]{20,}+)*+",
    "delete the key where it is trusted (a service account: Google Cloud console, IAM, Keys) and make a new one",
)
AUTHORIZATION = Kind(
    "Authorization header", rb"[A-Za-z0-9._~+/=-]{8,}+", "revoke the token or change the password it holds"
)
BEARER = Kind("bearer token", rb"[A-Za-z0-9._~+/=-]{20,}+", "revoke it where it was made", "mixed")
PASSWORD_IN_URL = Kind(
    "password in a web address",
    rb"[^\s/:@\"'<>\\?#]{1,100}+:[^\s/@\"'<>\\?#]{1,200}+@(?=[A-Za-z0-9\[])",
    "change the password",
    ANY,
)
AZURE_KEY = Kind(
    "Azure account key",
    rb"[A-Za-z0-9+/]{40,}+={0,2}+",
    "portal.azure.com, the storage account, Access keys, Rotate",
    SOME,
)
AZURE_SIGNATURE = Kind(
    "Azure shared access signature",
    rb"[A-Za-z0-9+/%]{40,}+={0,2}+",
    "portal.azure.com, the storage account, Access keys, Rotate",
    SOME,
)
BITLY = Kind(
    "Bitly access token",
    rb"[^\n]{0,80}?(?<![0-9a-f])(?P<value>[0-9a-f]{40})(?![0-9A-Za-z])",
    "app.bitly.com/settings/api",
)
FIELD = Kind(
    "secret by the name of its field",
    rb"[^\s\"'&,;<>\\(){}\[\]]{6,}+",
    "revoke it where it was made, or change the password",
    "password",
)
PARAMETER = Kind(
    "access token in a web address", rb"[^\s\"'&#,;<>\\|]{1,}+", "revoke it where it was made", ANY
)
AWIN = Kind("Awin API token", FIELD.pattern, "ui.awin.com, API credentials", "password")

ANNOUNCED = (
    PRIVATE_KEY, AUTHORIZATION, BEARER, PASSWORD_IN_URL, AZURE_KEY, AZURE_SIGNATURE, BITLY, AWIN, FIELD, PARAMETER,
)  # fmt: skip

# What a field is called that holds a secret, in small letters. Marks of pages (`next_page_token`) are not among them.
NAMES = (
    rb"(?:access|refresh|auth|oauth|bearer|session|api|secret|long_lived|exchange)[_-]?token"
    rb"|(?:client|app|api|consumer|shared|webhook|signing|access)[_-]?secret|appsecret_proof"
    rb"|api[_-]?key|(?:secret|private)[_-]?(?:access[_-]?)?key|access[_-]?key"
    rb"|passwor[dt]|passwd|passphrase|(?<![a-z])pwd|(?<![a-z_-])secret"
)
# Where one of the kinds above may begin, over text in small letters.
HEAD = re.compile(
    rb"(?P<field>token|secret|key|passwor[dt]|passwd|passphrase|pwd|proof)[\"'\]]{0,2}[ \t]{0,3}"
    rb"(?P<sign>[:=])[ \t]{0,3}[\"']?"
    rb"|(?P<scheme>bearer|basic)\s{1,3}|(?P<signature>sig=)|(?P<bitly>bit\.?ly)"
    rb"|(?P<pem>-----begin [a-z0-9 ]{0,40}?private key(?: block)?-----)"
)
NAME = re.compile(rb"(?:" + NAMES + rb")\Z")
COLUMN_NAME = re.compile(r"(?:\w{1,30}[ _-])?(?:" + NAMES.decode() + ")")

# What people write over a secret they have taken out, and words that are no secret.
BLANKED = re.compile(
    rb"(?i)[*x.\-_\xe2\x80\xa6\xa2]+|<.*|\[.*|\{.*|\$.*|%[a-z_(].*|redacted|removed|hidden|masked|none|null|undefined"
    rb"|your[_-].*|true|false",
    re.DOTALL,
)
