"""The 24 invented people of the sample, in five tiers, with names that are hard on pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Influencer:
    """A person and an account.

    `phase` spreads the fetches: the account is read every ten days, lastly `phase` days before the last day.
    """

    key: str
    name: str
    handle: str
    country: str
    niche: str
    followers: int
    phase: int
    tiktok: str = ""
    youtube: str = ""


INFLUENCERS = (
    Influencer("amina", "Amina wa Kamau", "amina.pours_demo", "KE", "family kitchens", 540_300, 3),
    Influencer("anjali", "Anjali Rao", "anjali_chai_demo", "IN", "chai and street food", 388_000, 4),
    Influencer("chidi", "Chidi Ọkọ́rọ̀", "chidi.brews_demo", "NG", "coffee, tea and jazz", 212_400, 1),
    Influencer("dimitra", "Δήμητρα Παππά", "dimitra_pots_demo", "GR", "pottery", 3_900, 6),
    Influencer("freja", "Freja Sørensen", "frejas_hygge_demo", "DK", "Nordic homes", 19_600, 0),
    Influencer("haruka", "青山はるか", "haruka.leaf_demo", "JP", "tea ceremony", 64_500, 5),
    Influencer("ines", "Inès D'Almeida", "ines_a_table_demo", "FR", "tables and linen", 9_400, 7),
    Influencer("joao", "João Brandão", "joao_cha_demo", "PT", "small cafés", 17_300, 3),
    Influencer("jorg", "Jörg Weißenborn", "joerg.kocht_demo", "DE", "slow cooking", 12_800, 4),
    Influencer(
        "lindiwe",
        "Lindiwe Nkosi",
        "lindiwe_daily_demo",
        "ZA",
        "lifestyle and comedy",
        1_240_000,
        2,
        tiktok="lindiwe_daily_demo",
    ),
    Influencer("lukasz", "Łukasz Żółkiewski", "lukasz_herbata_demo", "PL", "tea reviews", 31_000, 1),
    Influencer(
        "mei",
        "林美玲 (Mei-Ling)",
        "meiling.cups_demo",
        "TW",
        "bubble tea and cups",
        705_000,
        5,
        tiktok="meiling.cups_demo",
    ),
    Influencer("mpho", "Mpho & Kabelo", "mpho.kabelo_demo", "ZA", "couple life", 573_200, 0),
    Influencer("nkechi", "Nkechi Eze", "nkechi_bakes_demo", "NG", "baking", 7_200, 6),
    Influencer("noor", "نور الهاشمي", "noor.alshai_demo", "AE", "hosting", 126_000, 2),
    Influencer("oleh", "Олег Ткаченко", "oleh_chai_demo", "UA", "outdoor kettles", 14_900, 7),
    Influencer("pieter", "Pieter van der Westhuizen", "pieter_braai_demo", "ZA", "braai", 5_600, 8),
    Influencer("ruth", "Ruth N.", "ruth_teaches_demo", "ZA", "school and home", 2_300, 9),
    Influencer("sarah-t", 'Sarah "Sas" Thompson', "sas_and_scones_demo", "GB", "afternoon tea", 28_700, 4),
    Influencer("siobhan", "Siobhán O'Dálaigh", "siobhan.kettle_demo", "IE", "knitting and tea", 22_400, 2),
    Influencer("thandi", "Thandi Mokoena", "thandi.pours_demo", "ZA", "tea and slow living", 48_200, 3),
    Influencer(
        "tomas",
        "Tomás Ñíguez",
        "tomas.mesa_demo",
        "ES",
        "design and home",
        96_000,
        0,
        tiktok="tomas.mesa_demo",
        youtube="tomasenlamesa_demo",
    ),
    Influencer("yusuf", "Yusuf Çelik", "yusuf_cay_demo", "TR", "çay culture", 41_200, 7),
    Influencer("zanele", "Zanele Dube", "zanele_z_demo", "ZA", "student life", 8_900, 1),
)

BY_KEY = {person.key: person for person in INFLUENCERS}
