"""English."""

from dataclasses import replace
from typing import Final

from postroom.languages.vbscript.locales.locale import Locale

EN_US: Final = Locale(
    1033,
    "en-us",
    owed="($n)",
    short_date="M/d/yyyy",
    long_date="dddd, MMMM dd, yyyy",
    time="h:mm:ss tt",
    am="AM",
    pm="PM",
    first_day=1,
    first_week=1,
)
EN_GB: Final = Locale(2057, "en-gb", currency="£", long_date="dd MMMM yyyy", am="AM", pm="PM", first_week=1)
EN_IE: Final = replace(EN_GB, lcid=6153, name="en-ie", currency="€")
EN_AU: Final = replace(EN_GB, lcid=3081, name="en-au", currency="$", short_date="d/MM/yyyy", long_date="dddd, d MMMM yyyy", time="h:mm:ss tt")
EN_NZ: Final = replace(EN_AU, lcid=5129, name="en-nz", am="a.m.", pm="p.m.")
EN_CA: Final = replace(EN_US, lcid=4105, name="en-ca", owed="-$n", short_date="dd/MM/yyyy", long_date="MMMM-dd-yy")
