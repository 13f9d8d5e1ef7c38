from __future__ import annotations

import math
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers import units

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
SCALED = ("USD_m", "USD_bn", "CNY_bn", "HKD_bn", "million_people")  # their own text holds a scale word

finite = st.floats(-1e15, 1e15)
digits = st.integers(0, 6)
plain = st.sampled_from(sorted(set(units.units()) - set(SCALED)))
scales = st.sampled_from(sorted(units.SCALES))


def parsed(text: str, unit: units.Unit) -> float:
    """Read a printed quantity as a reader would."""
    sign, text = (-1, text[1:]) if text.startswith("−") else (1, text)
    assert text.startswith(unit.before)
    after = unit.one if unit.one and text == f"1{unit.one}" else unit.after
    assert text.endswith(after)
    text = text.removeprefix(unit.before).removesuffix(after)
    if power := re.fullmatch(r"(\d+(?:\.\d+)?) × 10([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)", text):
        return sign * float(power[1]) * 10.0 ** int(power[2].translate(SUPERSCRIPTS))
    found = re.fullmatch(r"(\d{1,3}(?:,\d{3})*(?:\.\d+)?)(?: (thousand|million|billion|trillion))?", text)
    assert found, text
    return sign * float(found[1].replace(",", "")) * units.SCALES[found[2] or ""]


@pytest.mark.parametrize(
    ("value", "unit", "digits", "scale", "text"),
    [
        (70272, "bytes_per_token", 0, "", "70,272 bytes per token"),
        (5.576e6, "USD", 3, "million", "$5.576 million"),
        (-5.576e6, "USD", 1, "million", "−$5.6 million"),
        (694, "USD_bn", 0, "", "$694 billion"),
        (-1234.5, "points", 1, "", "−1,234.5 points"),
        (0.5, "percent", 1, "", "0.5%"),
        (1e6, "chips", 0, "", "1,000,000 chips"),
        (1e6, "chips", 0, "million", "1 million chips"),
        (1400, "chips", 1, "thousand", "1.4 thousand chips"),
        (2.664e12, "parameters", 1, "trillion", "2.7 trillion parameters"),
        (5.76e23, "FLOP", 2, "power", "5.76 × 10²³ FLOP"),
        (9.996e24, "FLOP", 2, "power", "1.00 × 10²⁵ FLOP"),
        (1e25, "FLOP", 0, "power", "1 × 10²⁵ FLOP"),
        (2.5e-7, "ratio", 1, "power", "2.5 × 10⁻⁷ times"),
        (-3e10, "FLOP", 0, "power", "−3 × 10¹⁰ FLOP"),
        (0, "FLOP", 0, "power", "0 FLOP"),
        (11.06, "ratio", 1, "", "11.1 times"),
        (0.25, "share", 2, "", "0.25"),
        (99.96, "percent", 1, "", "100.0%"),
        (999999.7, "chips", 0, "", "1,000,000 chips"),
        (-0.04, "points", 1, "", "0.0 points"),
        (-0.4, "USD", 0, "", "$0"),
        (7.5, "CNY_per_Mtok", 2, "", "CN¥7.50 per million tokens"),
    ],
)
def test_quantities_are_printed_as_a_reader_expects_them(value, unit, digits, scale, text):
    assert units.quantity(value, unit, digits, scale) == text


@pytest.mark.parametrize(
    ("low", "high", "unit", "digits", "scale", "text"),
    [
        (4, 7.7, "months", 1, "", "4.0 to 7.7 months"),
        (1.2e9, 3.4e9, "USD", 1, "billion", "$1.2 to $3.4 billion"),
        (10, 20, "percent", 0, "", "10% to 20%"),
        (-5, 3, "percentage_points", 0, "", "−5 to 3 percentage points"),
        (-2e6, -1e6, "USD", 0, "million", "−$2 to −$1 million"),
        (3e24, 1e25, "FLOP", 0, "power", "3 × 10²⁴ to 1 × 10²⁵ FLOP"),
        (-0.001, 0.001, "points", 1, "", "0.0 to 0.0 points"),
        (5000, 12000, "chips", 0, "", "5,000 to 12,000 chips"),
    ],
)
def test_intervals_name_their_unit_once(low, high, unit, digits, scale, text):
    assert units.interval(low, high, unit, digits, scale) == text


@given(finite, plain, digits, scales)
@example(-0.5, "points", 0, "")
@example(999.5, "USD", 0, "thousand")
@example(-1.0, "1", 3, "thousand")
def test_what_is_printed_reads_back_within_rounding(value, key, digits, scale):
    text = units.quantity(value, key, digits, scale)
    step = 10.0**-digits * units.SCALES[scale]
    assert abs(parsed(text, units.unit(key)) - value) <= 0.5 * step * (1 + 1e-9) + 1e-9 * abs(value)
    assert not text.startswith("−") or re.search("[1-9]", text.removesuffix(units.unit(key).after)), "no minus zero"


@given(st.floats(1e-60, 1e60) | st.floats(-1e60, -1e-60), plain, digits)
@example(9.9999999e24, "FLOP", 2)
@example(1000.0, "FLOP", 0)
@example(0.001, "FLOP", 0)
def test_powers_of_ten_read_back_within_rounding(value, key, digits):
    text = units.quantity(value, key, digits, units.POWER)
    exponent = math.floor(math.log10(abs(value)))
    assert abs(parsed(text, units.unit(key)) - value) <= 0.5 * 10.0 ** (exponent + 1 - digits) * (1 + 1e-9)
    assert re.search(r"(?<!\d)[1-9](?:\.\d+)? × 10", text) or re.search(r"(?<!\d)0\.9+ × 10", text)


@given(finite, finite, plain, digits)
def test_both_ends_of_an_interval_read_back(one, other, key, digits):
    low, high = sorted((one, other))
    unit = units.unit(key)
    first, last = units.interval(low, high, key, digits).split(" to ")
    ends = (first.removesuffix("%"), last.removesuffix(unit.after))
    for value, text in zip((low, high), ends, strict=True):
        bare = units.Unit("", "", unit.before)
        assert abs(parsed(text, bare) - value) <= 0.5 * 10.0**-digits * (1 + 1e-9) + 1e-9 * abs(value)


@given(st.floats(0, 1e12), st.floats(0, 1e12), digits, scales)
def test_a_larger_number_is_never_printed_as_a_smaller_one(one, other, digits, scale):
    small, large = sorted((one, other))
    unit = units.unit("1")
    assert parsed(units.quantity(small, "1", digits, scale), unit) <= parsed(
        units.quantity(large, "1", digits, scale), unit
    )


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_never_printed(value):
    with pytest.raises(ValueError, match="cannot print"):
        units.quantity(value, "USD")
    with pytest.raises(ValueError, match="cannot print"):
        units.interval(0, value, "USD")


def test_an_unknown_unit_or_scale_is_refused():
    with pytest.raises(KeyError, match=r"no unit 'furlongs' in units\.toml"):
        units.quantity(1, "furlongs")
    with pytest.raises(ValueError, match="no scale 'milion'; there are thousand, million, billion, trillion and power"):
        units.quantity(1, "USD", 0, "milion")


def test_one_of_a_thing_is_not_printed_as_several():
    assert units.quantity(1, "models") == "1 model"
    assert units.quantity(-1, "months") == "−1 month"
    assert units.quantity(1, "months", 1) == "1.0 months"
    assert units.quantity(1e6, "people", 0, "million") == "1 million people"
    assert units.interval(1, 2, "countries") == "1 to 2 countries"


def test_the_list_of_units_is_whole():
    for key, unit in units.units().items():
        assert unit.id == key
        assert unit.name.strip()
        assert unit.before == unit.before.strip()
        assert unit.after in ("", "%") or (unit.after.startswith(" ") and unit.after.strip())
        assert not unit.one or (unit.one.startswith(" ") and unit.one != unit.after)
    assert set(SCALED) == {
        key for key, unit in units.units().items() if re.match(r" (thousand|million|billion|trillion)\b", unit.after)
    }
