"""For each disagreement, the function that says which of its resolutions the figures lead to."""

from __future__ import annotations

from helpers.claims.disagreements import decides
from helpers.claims.ledger import claim
from helpers.claims.verdicts import more_as_ratio, printed_interval
from helpers.findings import get
from helpers.findings.efficiency_gap import settled

# Open source


@decides("whose-downloads")
def whose_downloads() -> str:
    """Ask whether all readings lie on one side of parity."""
    above = [get(key).value > 1 for key in ("lead-downloads-study", "lead-downloads-hub", "lead-downloads-curated")]
    return "bases" if all(above) or not any(above) else "order"


@decides("share-of-openrouter")
def share_of_openrouter() -> str:
    """Ask whether the share rises as fewer models are counted: all, those identified, the ten most used."""
    keys = (
        "openrouter-share-cn-whole-2026-05",
        "openrouter-share-cn-identified-2026-07",
        "openrouter-share-cn-top-ten-2026-02",
    )
    shares = [get(key).value for key in keys]
    return "denominator" if shares == sorted(shares) else "unclear"


@decides("size-of-the-open-lead")
def size_of_the_open_lead() -> str:
    """Ask whether counting dollars turns the order that counting use gives."""
    used = [get(key).value > 1 for key in ("lead-downloads-curated", "lead-tokens-makers", "lead-votes-arena-2026-04")]
    return "money" if all(used) and get("lead-dollars-makers").value < 1 else "same"


@decides("downloads-of-qwen")
def downloads_of_qwen() -> str:
    """Ask whether the pace that the company's number needs is one that its whole account reaches."""
    needed, made = get("downloads-qwen-pace-needed").value, get("downloads-qwen-pace-hub").value
    return "counters" if needed <= made else "impossible"


# Chips


@decides("h200-weak-or-superior")
def h200_weak_or_superior() -> str:
    """Compare the H200 with the chips above and below it."""
    below, above = get("rubin-over-h200").value > 1, get("h200-over-910c").value > 1
    return "both" if below and above else "weak" if below else "superior"


@decides("nvidia-china-which-fall")
def nvidia_china_which_fall() -> str:
    """See whether the definition matters by more than a point."""
    alike, mixed = get("nvidia-china-fall-like-for-like").value, get("nvidia-china-fall-two-definitions").value
    return "definition" if abs(alike - mixed) > 1 else "same"


@decides("huawei-how-many-chips")
def huawei_how_many() -> str:
    """See whether the counts differ, and whether TSMC's dies can carry the difference."""
    if get("huawei-count-over-official").value < 1.5:
        return "agree"
    return "origin" if get("ascend-dies-over-tsmc-bank").value <= 100 else "capacity"


@decides("chinese-share-of-what")
def chinese_share_of_what() -> str:
    """See whether smuggled chips change the share of computing by more than a tenth of it all."""
    lawful, all_of_it = (
        get("chinese-share-of-lawful-compute-2025").value,
        get("chinese-share-of-new-compute-2025").value,
    )
    return "smuggling" if lawful - all_of_it > 10 else "same"


@decides("spare-power-over-whose-demand")
def spare_power() -> str:
    """See whether both readings reach three times."""
    readings = [get(f"spare-power-over-demand-{name}").value for name in ("broker", "iea")]
    return "average" if min(readings) > 3 else "below"


# Diffusion


@decides("genai-share-of-china")
def genai_share_of_china() -> str:
    """Ask whether heads differ more than shares: then the population is not what makes the difference."""
    heads, shares = get("genai-users-cn-survey-over-telemetry"), get("genai-share-cn-survey-over-telemetry")
    return "instrument" if heads.value > shares.value else "population"


@decides("firms-using-ai")
def firms_using_ai() -> str:
    """Ask whether the surveys agree on who is ahead."""
    gaps = [get(key).value for key in ("firms-any-use-gap-sas", "firms-any-use-gap-ibm", "firms-full-use-gap-sas")]
    return "both-signs" if min(gaps) < 0 < max(gaps) else "one-sign"


@decides("stem-doctorates")
def stem_doctorates() -> str:
    """Ask which year's ratio lies within the article's interval."""
    low, high = printed_interval(more_as_ratio(claim("stem-phds-50-percent-more").figures[0]))
    years = {"named-year": "stem-doctorates-ratio-2022-line", "older-year": "stem-doctorates-ratio-2019"}
    return next((name for name, key in years.items() if low <= get(key).value <= high), "neither")


@decides("ai-patents")
def ai_patents() -> str:
    """Ask whether the ratio of grants lies within the article's interval."""
    low, high = printed_interval(claim("ai-patents-three-times").figures[0])
    return "grants" if low <= get("ai-patents-granted-ratio").value <= high else "neither"


@decides("waic-attendance")
def waic_attendance() -> str:
    """Ask whether the counts of people and of countries grow from the inner circle to the outer one."""
    people = [get(key).value for key in ("waic-guests-announced", "waic-experts-closing", "waic-visits")]
    lands = ("waic-guest-countries", "waic-expert-countries-closing", "waic-professional-countries")
    countries = [get(key).value for key in lands]
    return "circles" if people == sorted(people) and countries == sorted(countries) else "other"


# Efficiency


@decides("capex-share")
def capex_share() -> str:
    """Ask whether any American sum of 2025 makes the bank's Chinese amount a tenth, to the nearest per cent."""
    lists = ("ubs-share-of-cash", "ubs-share-of-leases", "ubs-share-with-oracle", "ubs-share-of-longest-list")
    shares = [get(key).value for key in lists]
    stated = get("ubs-share-as-stated").value
    return "tenth-holds" if any(round(share) <= stated + 1 for share in shares) else "years-and-firms"


@decides("what-is-884")
def what_is_884() -> str:
    """Ask whether the level that the printed reading needs in 2025 is within reach of what was spent."""
    needed, spent = get("ai-capex-2030-before").value, get("capex-cn-2025-ubs").value
    return "sum" if needed > 2 * spent else "level"


@decides("closing-or-widening")
def closing_or_widening() -> str:
    """Take the signs of the two yearly changes in points, where their intervals leave no doubt."""
    first, second = settled("gap-change-2025"), settled("gap-change-2026")
    if first < 0:
        return "both" if second > 0 else "closed-then-level"
    return "neither"


@decides("months-of-lag")
def months_of_lag() -> str:
    """Ask whether the smallest lag and the mean are one number, and the last record known then another."""
    smallest, mean = get("epoch-lag-smallest").value, get("epoch-lag-mean").value
    return "different-quantities" if smallest < get("lag-passed-last-2025-12").value < mean else "agree"


@decides("cost-of-the-model")
def cost_of_the_model() -> str:
    """Ask whether the machines cost more than twice the run."""
    return "four-quantities" if get("v3-servers-cost").value > 2 * get("v3-run-cost").value else "one-quantity"


# Synthesis


@decides("who-wins")
def who_wins() -> str:
    """Compare incomes per head with the break-even value on both ways of counting users."""
    worth = get("income-ratio-purchasing-power-2024").value
    ahead = [worth > get(f"breakeven-value-by-{basis}").value for basis in ("survey", "telemetry")]
    return "both-china" if all(ahead) else "two-events" if any(ahead) else "both-america"


@decides("huang-twice-on-one-day")
def huang_twice() -> str:
    """Ask whether there was a lag on that day."""
    return "neither" if get("frontier-lag-by-pace-november-2025").value > 0 else "ahead"


# Open source, diffusion and synthesis: further sources side by side


def values(*keys: str) -> list[float]:
    """Return the values of several findings."""
    return [get(key).value for key in keys]


def ends(key: str) -> tuple[float, float]:
    """Return the ends of a finding's interval; its value twice where it has none."""
    found = get(key)
    return (found.value if found.low is None else found.low), (found.value if found.high is None else found.high)


@decides("start-ups-on-chinese-models")
def start_ups() -> str:
    """Ask whether the condition at least halves the share, on both guesses of who uses open models."""
    repeated, *of_all = values(
        "startups-chinese-repeated", "startups-chinese-of-all-by-tokens", "startups-chinese-of-all-by-enterprises"
    )
    return "condition" if max(of_all) < repeated / 2 else "either"


@decides("open-behind-in-months")
def open_behind() -> str:
    """Ask whether the older answer lies outside the newer one's interval, and whether the kinds of test part."""
    date = get("open-lag-epoch-2024").value > ends("open-lag-epoch-2025")[1]
    tests = ends("open-lag-private-2026")[0] > ends("open-lag-public-2026")[1]
    return "date-and-tests" if date and tests else "date" if date else "tests" if tests else "agree"


@decides("four-months-twice")
def four_months_twice() -> str:
    """Ask whether the two print alike although one is a smallest and the other a mean."""
    smallest, mean, opened = values("epoch-lag-smallest", "epoch-lag-mean", "open-lag-epoch-2026")
    return "chance" if round(smallest) == round(opened) and round(smallest) != round(mean) else "same"


@decides("how-much-cheaper")
def how_much_cheaper() -> str:
    """Ask whether any reading has the Chinese model dearer."""
    discounts = values("discount-best-2026-11", "discount-k3-gpt6-sol-2026-11")
    (at_level,) = values("price-at-gpt5-level-cn-over-us-2026-07-30")
    return "level-and-day" if min(discounts) < 0 or at_level > 1 else "day"


@decides("doubao-open-or-closed")
def doubao_open_or_closed() -> str:
    """Look for open models of the product, and else for others of its maker."""
    product, maker = values("doubao-models-open", "bytedance-open-families")
    return "open" if product > 0 else "maker" if maker > 0 else "neither"


@decides("free-or-with-duties")
def free_or_with_duties() -> str:
    """Ask for a majority of standard licences, by all releases and by the newest licences."""
    half = 50
    by_number, newest = values("licence-permissive-cn-2026", "licence-permissive-newest-cn")
    if by_number <= half:
        return "bound"
    return "free" if newest > half else "newest"


@decides("airbnb-relies-on-qwen")
def airbnb_relies() -> str:
    """Count the models in use."""
    return "one-of-several" if get("airbnb-models-in-use").value > 1 else "alone"


@decides("one-firm-above-its-country")
def one_firm_above() -> str:
    """See whether the country has room for the firm on one day, and beside it for one rival as estimated."""
    land, firm, rival = values("tokens-china-2026-04", "tokens-doubao-on-day-of-china", "tokens-qwen-estimate-2025-12")
    if firm > land:
        return "impossible"
    return "scopes" if firm + rival > land else "dates"


@decides("peak-or-mean-on-openrouter")
def peak_or_mean() -> str:
    """Ask whether the order against open models from elsewhere turns between the peak and the mean."""
    peak, mean, others = values(
        "openrouter-chinese-open-peak", "openrouter-chinese-open-mean", "openrouter-other-open-mean"
    )
    return "peak" if mean < others < peak else "lead"


@decides("open-models-by-which-version")
def by_which_version() -> str:
    """Compare the lead on one version of the index with that across two, beyond what rounding allows."""
    if get("m2-over-gptoss-one-version").value <= 100:
        return "behind"
    apart = ends("m2-over-gptoss-two-versions")[0] > ends("m2-over-gptoss-one-version")[1]
    return "versions" if apart else "one-scale"


@decides("new-models-on-chinese-bases")
def on_chinese_bases() -> str:
    """Ask whether the shares fall between two dates in a time of growth."""
    shares = values("fine-tunes-on-chinese-bases-2025-09", "new-models-chinese-2025-11", "derivatives-on-qwen-2026-02")
    return "growth" if shares == sorted(shares) else "bases"


@decides("derivatives-of-qwen")
def derivatives_of_qwen() -> str:
    """Ask whether the hub's stock, taken back, reaches the company's count."""
    company = get("derivatives-qwen-company-2026-01").value
    return "definition" if company > ends("derivatives-qwen-hub-2026-01")[1] else "dates"


@decides("the-world-or-america")
def world_or_america() -> str:
    """Ask whether the world reading needs more than twice the weekly users known, and the American one fits."""
    heads, chatgpt, china = values("genai-users-ww-if-aiindex", "chatgpt-weekly-users-2026-02", "genai-users-cn-survey")
    near = abs(get("genai-share-us-aiindex").value - get("genai-share-us-survey").value) < 5
    return "country" if near and heads > 2 * (chatgpt + china) else "world"


@decides("how-many-americans")
def how_many_americans() -> str:
    """Ask whether the order of the surveys turns when heads are counted."""
    shares = values("genai-share-us-survey", "genai-share-us-pew")
    heads = values("genai-users-us-survey", "genai-users-us-pew")
    return "population" if (shares[0] > shares[1]) != (heads[0] > heads[1]) else "level"


@decides("doubled-in-half-a-year")
def doubled_in_half_a_year() -> str:
    """Ask whether the half-year grew by more than both neighbours together."""
    before, during, after = values(
        "genai-users-cn-survey-growth-before",
        "genai-users-cn-survey-half-year-growth",
        "genai-users-cn-survey-growth-after",
    )
    return "break" if during > before * after else "growth"


@decides("employees-in-china")
def employees_in_china() -> str:
    """Ask whether the levels differ by more than a factor of two, and China's lead by less than a tenth."""
    levels, first, second = values(
        "employees-using-kpmg-over-mckinsey",
        "employees-using-cn-over-world-kpmg",
        "employees-using-cn-over-america-mckinsey",
    )
    if levels < 2:
        return "agree"
    return "level" if abs(first / second - 1) < 0.1 else "both"


@decides("how-many-american-firms")
def how_many_american_firms() -> str:
    """Compare what the wording added between two waves with what five months added under one wording."""
    wording, time = values("firms-rise-by-wording-us", "firms-rise-under-new-wording-us")
    return "wording" if wording > time else "growth"


@decides("ahead-of-whom")
def ahead_of_whom() -> str:
    """Ask for a majority in most economies abroad, and else for more use in Africa than elsewhere."""
    majorities, economies = values("deepseek-majorities-abroad", "deepseek-economies-abroad")
    if majorities > economies / 2:
        return "west"
    return "itself" if ends("deepseek-africa-over-elsewhere-users")[0] > 1 else "nobody"


@decides("how-far-ahead-in-robots")
def ahead_in_robots() -> str:
    """Ask whether China leads by number, and whether by density as well."""
    number, density = values("robots-cn-over-us-2024", "robots-density-cn-over-kr-2023")
    if number <= 1:
        return "none"
    return "density" if density >= 1 else "size"


@decides("how-many-humanoids")
def how_many_humanoids() -> str:
    """Ask whether the Chinese shares of the two counts are within five points."""
    makers, places = values("humanoids-three-makers-cn-2025", "humanoids-share-cn-counterpoint-2025")
    return "level-only" if abs(makers - places) <= 5 else "share-too"


@decides("three-years-or-a-weekend")
def three_years_or_a_weekend() -> str:
    """Ask whether the hospital took longer than a weekend, and whether the years said are within those seen."""
    weekend = 2
    said, fastest, slowest = values(
        "us-data-centre-time-as-said", "gigawatt-build-time-fastest", "gigawatt-build-time-slowest"
    )
    if ends("hospital-build-time-wuhan")[0] <= weekend:
        return "weekend"
    return "unlike" if fastest <= said <= slowest else "outside"


@decides("how-much-more-power")
def how_much_more_power() -> str:
    """Ask whether capacity, even with American storage, makes the ratio half as large again as electricity does."""
    capacity, energy = values("capacity-added-cn-over-us-with-storage-2024", "generation-added-cn-over-us-2024")
    return "nameplate" if capacity > 1.5 * energy else "same"


@decides("short-of-power-or-not")
def short_of_power() -> str:
    """Compare the country with the critical level, and the count of markets with half."""
    spare, level, markets = values("us-spare-summer-2025", "us-spare-critical", "us-markets-critical-share")
    if spare <= level:
        return "short"
    return "mean-hides" if markets > 50 else "not-yet"


@decides("what-do-170-countries-measure")
def huawei_countries() -> str:
    """Ask whether the number changed over five annual reports."""
    first, last = values("huawei-countries-2017", "huawei-countries")
    return "footprint" if first == last else "growing"


@decides("odds-once-or-every-year")
def odds_once() -> str:
    """Ask to which reading the simulated chance is nearer."""
    once, yearly, chance = values("insider-odds-printed", "insider-odds-if-yearly", "lead-by-january-2031")
    return "whole-term" if abs(chance - once) < abs(chance - yearly) else "yearly"


@decides("doubled-from-which-price")
def doubled_from() -> str:
    """Ask from which of the two prices the first close is more than twice as high."""
    offer, trade = values("minimax-first-close-over-offer", "minimax-first-close-over-first-trade")
    if offer <= 2:
        return "neither"
    return "either" if trade > 2 else "offer"


@decides("who-leads-in-research")
def who_leads_in_research() -> str:
    """Ask whether papers, patents and doctorates have China ahead and models do not."""
    early = values("aspi-machine-learning-ratio", "ai-patents-granted-ratio", "stem-doctorates-ratio-2022-line")
    models = get("notable-models-cn-over-us-2024").value > 1 or get("gap-2026-08").value < 0
    return "papers-and-models" if min(early) > 1 and not models else "one-sign"


@decides("eighty-two-per-cent")
def eighty_two() -> str:
    """Ask whether the two print alike."""
    part, shortfall = values("qwen-part-of-chinese-downloads", "capex-shortfall-jefferies")
    return "chance" if round(part) == round(shortfall) else "apart"


@decides("a-fifth-of-firms")
def a_fifth_of_firms() -> str:
    """Ask whether the shares part among large firms, where the size is alike."""
    all_apart, large_apart = (
        abs(get(f"firms-{states}").value - get(f"firms-{europe}").value)
        for states, europe in (("any-function-us-btos", "use-eu-eurostat"), ("large-us-btos", "large-eu-eurostat"))
    )
    return "chance" if large_apart > all_apart + 5 else "level"


@decides("seventy-per-cent")
def seventy() -> str:
    """Ask whether target and share print alike."""
    target, share = values("ai-plus-target-2027", "genai-share-ae-telemetry")
    return "chance" if round(target) == round(share) else "apart"


@decides("china-and-the-world-alike")
def china_and_the_world() -> str:
    """Ask whether the world without China has China's share at one date only, being below it before and above after."""
    before, at, after = (
        get(f"genai-share-cn-telemetry{china}").value - get(f"genai-share-without-cn-telemetry{rest}").value
        for china, rest in (("-mid-2025", "-mid-2025"), ("-2025", "-2025"), ("", "-2026"))
    )
    if round(abs(at), 1) > 0:
        return "apart"
    return "crossing" if before > 0 > after else "alike"


@decides("ahead-or-behind")
def ahead_or_behind() -> str:
    """Take the signs of both distances at the end of November 2025."""
    opened, best = values("open-lead-index-2025-11", "gap-2025-11")
    if opened <= 0:
        return "behind"
    return "against-whom" if best > 0 else "ahead"


@decides("where-do-they-win")
def where_do_they_win() -> str:
    """Ask for more use of the app in Africa, and for more tokens of Chinese models where developers buy them."""
    africa, elsewhere, tokens = values("deepseek-share-africa", "deepseek-share-elsewhere", "lead-tokens-identified")
    if africa <= elsewhere:
        return "nowhere"
    return "channels" if tokens > 1 else "emerging"
