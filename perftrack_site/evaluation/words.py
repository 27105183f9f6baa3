"""Scopes in words."""

from __future__ import annotations

PLATFORMS = {"tiktok": "TikTok", "youtube": "YouTube", "linkedin": "LinkedIn"}


def scope_in_words(platform: str | None, content_type: str | None) -> str:
    """Write a scope: in reels on Instagram."""
    words = []
    if content_type:
        words.append(f"in {plural(content_type)}")
    if platform:
        words.append(f"on {PLATFORMS.get(platform, platform.capitalize())}")
    return " ".join(words)


def plural(noun: str) -> str:
    """Write a content type as several: reels, stories."""
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
