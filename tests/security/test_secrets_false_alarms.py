"""What is no secret raises no alarm: not in the samples, not in the sample workspace, not in ten thousand rows."""

from __future__ import annotations

import base64
import random

from hypothesis import given, settings
from hypothesis import strategies as st
from sources_helpers import SAMPLES, sample
from support import REPOSITORY

from perftrack_site.sources.privacy.leaks import find_leaks, findings
from perftrack_site.sources.privacy.secrets import find_secrets

# The samples whose links to other pages carry a parameter with a token, and one with the secret of a payment.
WITH_TOKENS = {
    "facebook_graph/page_insights_empty.json",
    "facebook_graph/post_comments_page1.json",
    "facebook_graph/recorded_posts__feeds_default_fields_p1.json",
    "instagram_graph/media_comments_page1.json",
    "instagram_graph/recorded_medias__comments_p1.json",
    "instagram_graph/recorded_stories__stories_fields_p1.json",
    "instagram_graph/recorded_users__medias_p1.json",
    "instagram_graph/recorded_users__medias_p2.json",
    "instagram_graph/recorded_users__user_insights_new.json",
    "instagram_graph/user_insights_follower_count_reach.json",
    "instagram_graph/user_media_page1.json",
    "stripe/api_fixtures_subset.json",
}

IDS = st.integers(10**14, 10**20 - 1).map(str)
HASHES = st.binary(min_size=16, max_size=32).map(bytes.hex)
PICTURES = st.binary(min_size=9, max_size=60).map(lambda raw: base64.urlsafe_b64encode(raw).decode())
SLUGS = st.lists(
    st.sampled_from(["spring", "sk", "pat", "launch", "SG", "act", "2026", "key", "token"]), min_size=1
).map("-".join)
LINKS = st.builds(
    "https://cdn.example/v/t51.29350-15/{}_n.jpg?_nc_ht=x&_nc_ohc={}&edm={}&oh={}&oe=61227755&utm_campaign={}".format,
    IDS, PICTURES, PICTURES, HASHES, SLUGS,
)  # fmt: skip
CAPTIONS = st.text(max_size=80).map(
    lambda text: f"Our secret: tea! Token of love, pass it on: {text} @thandi #ad 50% off"
)
ROWS = st.one_of(IDS, HASHES, PICTURES, SLUGS, LINKS, CAPTIONS)


def test_only_the_samples_with_tokens_raise_an_alarm() -> None:
    sample("INDEX.md")
    found = {
        path.relative_to(SAMPLES).as_posix()
        for path in SAMPLES.rglob("*")
        if path.is_file() and find_secrets(path.read_bytes())
    }
    assert found == WITH_TOKENS


def test_the_sample_workspace_is_clean() -> None:
    assert find_leaks(REPOSITORY) == []


@settings(max_examples=300, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=30))
def test_ids_hashes_links_and_captions_are_no_secrets(rows: list[str]) -> None:
    assert findings("data/x.txt", "\n".join(rows).encode("utf-8", "replace"), None) == []


def test_at_most_one_row_in_ten_thousand_raises_a_false_alarm() -> None:
    chance = random.Random(20260701)  # noqa: S311 rows, not secrets
    rows = [
        f"{chance.randrange(10**17, 10**18)},{chance.randbytes(20).hex()},"
        f"https://cdn.example/{base64.urlsafe_b64encode(chance.randbytes(66)).decode()}?oh=00_{chance.randbytes(16).hex()},"
        f"{base64.b64encode(chance.randbytes(45)).decode()}"
        for _ in range(20_000)
    ]
    assert len(find_secrets("\n".join(rows).encode())) <= 2


def test_marks_of_pages_and_counts_of_tokens_are_no_secrets() -> None:
    text = (
        '{"nextPageToken": "CDIQAA17ab", "meta": {"next_token": "7140dibdnow9c7btw4"}, "tokensPerDay": {"used": 12},'
        ' "paging": {"cursors": {"after": "QVFIUmx1WTBpMGpYNXprYzFYaVlPbWlw"}}, "cart_token": "68778783ad298f1c80c3"}'
    )
    assert findings("data/x.json", text.encode(), None) == []
