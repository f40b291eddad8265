"""From what a tenant has set to what the engine works with."""

from dataclasses import replace
from functools import lru_cache

from domain.matching_settings import AutoSelect, MatchingSettings
from services.matching.settings import DEFAULT_SETTINGS, MatchSettings
from services.matching.weights import Weight, Weights


@lru_cache(maxsize=1_024)
def match_settings(settings: MatchingSettings, weights: Weights = DEFAULT_SETTINGS.weights) -> MatchSettings:
    """The engine's settings: the product's own, with what the tenant has set in their place.

    ``weights`` are those of the release, unless somebody tries others.
    """
    default = DEFAULT_SETTINGS
    rule = default.confident
    confident = replace(
        rule,
        threshold=rule.threshold if settings.confident_threshold is None else settings.confident_threshold,
        margin=rule.margin if settings.confident_margin is None else settings.confident_margin,
    )
    return replace(
        default,
        weights=weights,
        threshold=default.threshold if settings.threshold is None else settings.threshold,
        factors={each.kind: Weight(agree=each.agree, disagree=each.disagree) for each in settings.weights},
        exact_evidence=default.exact_evidence if settings.exact_evidence is None else settings.exact_evidence,
        confident=confident,
        chooses_confident=settings.auto_select is AutoSelect.CONFIDENT,
    )
