# ruff: noqa: RUF001 - names of months and days stand in their own letters
"""Polish, Czech, Slovak, Russian, Greek."""

from dataclasses import replace
from typing import Final

from postroom.languages.vbscript.locales.locale import NO_BREAK, NUMBERED, Locale

PL_PL: Final = Locale(
    1045,
    "pl-pl",
    decimal=",",
    group=NO_BREAK,
    currency="zł",
    money="n $",
    owed="-n $",
    short_date="yyyy-MM-dd",
    months="styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
    months_short="sty lut mar kwi maj cze lip sie wrz paź lis gru",
    genitives="stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    days="niedziela poniedziałek wtorek środa czwartek piątek sobota",
    days_short="N Pn Wt Śr Cz Pt So",
)
CS_CZ: Final = Locale(
    1029,
    "cs-cz",
    decimal=",",
    group=NO_BREAK,
    currency="Kč",
    money="n $",
    owed="-n $",
    short_date="d.M.yyyy",
    long_date="d. MMMM yyyy",
    time="H:mm:ss",
    am="dop.",
    pm="odp.",
    months="leden únor březen duben květen červen červenec srpen září říjen listopad prosinec",
    months_short=NUMBERED,
    genitives="ledna února března dubna května června července srpna září října listopadu prosince",
    days="neděle pondělí úterý středa čtvrtek pátek sobota",
    days_short="ne po út st čt pá so",
)
SK_SK: Final = replace(
    CS_CZ,
    lcid=1051,
    name="sk-sk",
    currency="€",
    short_date="d. M. yyyy",
    am="",
    pm="",
    months="január február marec apríl máj jún júl august september október november december",
    genitives="januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
    days="nedeľa pondelok utorok streda štvrtok piatok sobota",
    days_short="ne po ut st št pi so",
)
RU_RU: Final = Locale(
    1049,
    "ru-ru",
    decimal=",",
    group=NO_BREAK,
    currency="р.",
    money="n$",
    owed="-n$",
    short_date="dd.MM.yyyy",
    long_date="d MMMM yyyy 'г.'",
    time="H:mm:ss",
    months="Январь Февраль Март Апрель Май Июнь Июль Август Сентябрь Октябрь Ноябрь Декабрь",
    months_short="янв фев мар апр май июн июл авг сен окт ноя дек",
    genitives="января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    days="воскресенье понедельник вторник среда четверг пятница суббота",
    days_short="Вс Пн Вт Ср Чт Пт Сб",
    first_week=1,
)
EL_GR: Final = Locale(
    1032,
    "el-gr",
    decimal=",",
    group=".",
    currency="€",
    money="n $",
    owed="-n $",
    short_date="d/M/yyyy",
    long_date="dddd, d MMMM yyyy",
    time="h:mm:ss tt",
    am="πμ",
    pm="μμ",
    months="Ιανουάριος Φεβρουάριος Μάρτιος Απρίλιος Μάιος Ιούνιος Ιούλιος Αύγουστος Σεπτέμβριος Οκτώβριος Νοέμβριος Δεκέμβριος",
    months_short="Ιαν Φεβ Μαρ Απρ Μαϊ Ιουν Ιουλ Αυγ Σεπ Οκτ Νοε Δεκ",
    genitives="Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου",
    days="Κυριακή Δευτέρα Τρίτη Τετάρτη Πέμπτη Παρασκευή Σάββατο",
    days_short="Κυρ Δευ Τρι Τετ Πεμ Παρ Σαβ",
)
