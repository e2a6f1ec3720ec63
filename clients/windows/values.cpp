#include "values.h"

#include <cstdio>

namespace {

constexpr int per_unit = 10000; // of CURRENCY

void write_word(std::string &to, bool value) { to += value ? "true" : "false"; }

void write_date(std::string &to, DATE date) {
    SYSTEMTIME time;
    if (!VariantTimeToSystemTime(date, &time))
        throw Failure{DISP_E_TYPEMISMATCH, L"This is no date."};
    char text[64];
    snprintf(text, sizeof text, "{\"$t\":\"date\",\"v\":\"%04d-%02d-%02dT%02d:%02d:%02d\"}", time.wYear, time.wMonth, time.wDay, time.wHour, time.wMinute,
             time.wSecond);
    to += text;
}

void write_bytes(std::string &to, SAFEARRAY *array) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    LONG first = 0, last = -1;
    unsigned char *data;
    if (SafeArrayGetDim(array) != 1 || FAILED(SafeArrayGetLBound(array, 1, &first)) || FAILED(SafeArrayGetUBound(array, 1, &last))
        || FAILED(SafeArrayAccessData(array, reinterpret_cast<void **>(&data))))
        throw Failure{DISP_E_TYPEMISMATCH, L"Only an array of bytes can be given."};
    size_t length = static_cast<size_t>(last - first + 1);
    to += "{\"$t\":\"bin\",\"v\":\"";
    for (size_t at = 0; at < length; at += 3) {
        unsigned long three = data[at] << 16 | (at + 1 < length ? data[at + 1] << 8 : 0) | (at + 2 < length ? data[at + 2] : 0);
        to += digits[three >> 18];
        to += digits[three >> 12 & 63];
        to += at + 1 < length ? digits[three >> 6 & 63] : '=';
        to += at + 2 < length ? digits[three & 63] : '=';
    }
    SafeArrayUnaccessData(array);
    to += "\"}";
}

void write_decimal(std::string &to, DECIMAL value) {
    double number;
    if (FAILED(VarR8FromDec(&value, &number)))
        throw Failure{DISP_E_OVERFLOW, L"This number is too large."};
    json::write(to, number);
}

void write_currency(std::string &to, CY value) {
    if (value.int64 % per_unit)
        json::write(to, static_cast<double>(value.int64) / per_unit);
    else
        json::write(to, static_cast<long long>(value.int64 / per_unit));
}

void write_unsigned(std::string &to, ULONGLONG value) {
    if (value > INT64_MAX)
        throw Failure{DISP_E_OVERFLOW, L"This number is too large."};
    json::write(to, static_cast<long long>(value));
}

void read_date(VARIANT &found, const std::wstring &text) {
    SYSTEMTIME time = {};
    if (swscanf(text.c_str(), L"%4hu-%2hu-%2huT%2hu:%2hu:%2hu", &time.wYear, &time.wMonth, &time.wDay, &time.wHour, &time.wMinute, &time.wSecond) != 6
        || !SystemTimeToVariantTime(&time, &found.date))
        throw Failure{DISP_E_TYPEMISMATCH, L"The server's answer is none of the protocol: " + text};
    found.vt = VT_DATE;
}

int digit(wchar_t one) {
    if (one >= 'A' && one <= 'Z')
        return one - 'A';
    if (one >= 'a' && one <= 'z')
        return one - 'a' + 26;
    if (one >= '0' && one <= '9')
        return one - '0' + 52;
    return one == '+' ? 62 : one == '/' ? 63 : -1;
}

void read_bytes(VARIANT &found, const std::wstring &text) {
    std::string bytes;
    unsigned long bits = 0;
    int held = 0;
    for (wchar_t one : text) {
        if (digit(one) < 0)
            continue;
        bits = bits << 6 | digit(one);
        if ((held += 6) >= 8)
            bytes += static_cast<char>(bits >> (held -= 8));
    }
    SAFEARRAY *array = SafeArrayCreateVector(VT_UI1, 0, static_cast<ULONG>(bytes.size()));
    if (!array)
        throw Failure{E_OUTOFMEMORY, L"Out of memory."};
    memcpy(array->pvData, bytes.data(), bytes.size());
    found.vt = VT_ARRAY | VT_UI1;
    found.parray = array;
}

void read_tagged(VARIANT &found, const json::Value &value) {
    const std::wstring &tag = value[L"$t"].text, &text = value[L"v"].text;
    if (tag == L"date")
        return read_date(found, text);
    if (tag == L"bin")
        return read_bytes(found, text);
    if (tag == L"i8") {
        found.vt = VT_I8;
        found.llVal = _wcstoi64(text.c_str(), nullptr, 10);
    } else if (tag != L"empty")
        throw Failure{E_FAIL, L"The server's answer is none of the protocol: a value of the unknown kind " + tag + L"."};
}

void read_number(VARIANT &found, const json::Value &value) {
    if (!value.is_whole()) {
        found.vt = VT_R8;
        found.dblVal = value.number();
        return;
    }
    found.vt = VT_I8;
    found.llVal = value.whole();
}

void become(VARIANT &found, VARTYPE type) {
    if (found.vt != type && FAILED(VariantChangeTypeEx(&found, &found, LOCALE_INVARIANT, VARIANT_NOUSEROVERRIDE, type)))
        throw Failure{DISP_E_TYPEMISMATCH, L"The server's answer has an unexpected type."};
}

VARTYPE type_of(char letter) {
    switch (letter) {
    case 'S': case 's': return VT_BSTR;
    case 'L': return VT_I4;
    case 'H': return VT_I8;
    case 'B': return VT_BOOL;
    case 'F': return VT_R4;
    default: return VT_VARIANT;
    }
}

} // namespace

BSTR make_text(const std::wstring &text) { return SysAllocStringLen(text.data(), static_cast<UINT>(text.size())); }

void write_argument(std::string &to, char letter, const void *argument) {
    switch (letter) {
    case 'S': {
        BSTR text = *static_cast<const BSTR *>(argument);
        return json::write(to, std::wstring_view(text ? text : L"", SysStringLen(text)));
    }
    case 'L': return json::write(to, static_cast<long long>(*static_cast<const LONG *>(argument)));
    case 'H': return json::write(to, static_cast<long long>(*static_cast<const LONGLONG *>(argument)));
    case 'B': return write_word(to, *static_cast<const VARIANT_BOOL *>(argument) != VARIANT_FALSE);
    case 'F': return json::write(to, static_cast<double>(*static_cast<const FLOAT *>(argument)));
    default: return write_variant(to, *static_cast<const VARIANT *>(argument));
    }
}

void write_variant(std::string &to, const VARIANT &given) {
    Variant value;
    if (given.vt == (VT_ARRAY | VT_UI1))
        return write_bytes(to, given.parray);
    if (FAILED(VariantCopyInd(&value, const_cast<VARIANT *>(&given))))
        throw Failure{DISP_E_TYPEMISMATCH, L"This value can't be given."};
    switch (value.vt) {
    case VT_EMPTY: case VT_NULL: to += "null"; return;
    case VT_BSTR: return write_argument(to, 'S', &value.bstrVal);
    case VT_BOOL: return write_word(to, value.boolVal != VARIANT_FALSE);
    case VT_I1: return json::write(to, static_cast<long long>(value.cVal));
    case VT_UI1: return json::write(to, static_cast<long long>(value.bVal));
    case VT_I2: return json::write(to, static_cast<long long>(value.iVal));
    case VT_UI2: return json::write(to, static_cast<long long>(value.uiVal));
    case VT_I4: case VT_INT: return json::write(to, static_cast<long long>(value.lVal));
    case VT_UI4: case VT_UINT: return json::write(to, static_cast<long long>(value.ulVal));
    case VT_I8: return json::write(to, static_cast<long long>(value.llVal));
    case VT_UI8: return write_unsigned(to, value.ullVal);
    case VT_R4: return json::write(to, static_cast<double>(value.fltVal));
    case VT_R8: return json::write(to, value.dblVal);
    case VT_DATE: return write_date(to, value.date);
    case VT_CY: return write_currency(to, value.cyVal);
    case VT_DECIMAL: return write_decimal(to, value.decVal);
    case VT_ARRAY | VT_UI1: return write_bytes(to, value.parray);
    case VT_ERROR:
        if (value.scode == DISP_E_PARAMNOTFOUND)
            throw Failure{DISP_E_PARAMNOTOPTIONAL, L"Argument not optional."};
        [[fallthrough]];
    default: throw Failure{DISP_E_TYPEMISMATCH, L"Type mismatch."};
    }
}

void read_value(VARIANT &found, char letter, const json::Value &value) {
    switch (value.kind) {
    case json::Kind::Null: found.vt = VT_EMPTY; break;
    case json::Kind::False: case json::Kind::True:
        found.vt = VT_BOOL;
        found.boolVal = value.kind == json::Kind::True ? VARIANT_TRUE : VARIANT_FALSE;
        break;
    case json::Kind::Text:
        found.vt = VT_BSTR;
        found.bstrVal = make_text(value.text);
        break;
    case json::Kind::Number: read_number(found, value); break;
    case json::Kind::Pairs: read_tagged(found, value); break;
    default: throw Failure{E_FAIL, L"The server's answer is none of the protocol."};
    }
    VARTYPE wanted = type_of(letter);
    if (wanted != VT_VARIANT)
        become(found, wanted);
    else if (found.vt == VT_I8 && found.llVal == static_cast<LONG>(found.llVal))
        become(found, VT_I4);
}

void give(void *target, char letter, Variant &value) {
    switch (letter) {
    case 'S': case 's': *static_cast<BSTR *>(target) = value.bstrVal; value.vt = VT_EMPTY; break;
    case 'L': *static_cast<LONG *>(target) = value.lVal; break;
    case 'H': *static_cast<LONGLONG *>(target) = value.llVal; break;
    case 'B': *static_cast<VARIANT_BOOL *>(target) = value.boolVal; break;
    case 'F': *static_cast<FLOAT *>(target) = value.fltVal; break;
    case 'O': *static_cast<IDispatch **>(target) = value.pdispVal; value.vt = VT_EMPTY; break;
    default: value.to(static_cast<VARIANT *>(target));
    }
}

void give_reference(VARIANT &target, Variant &value) {
    if (target.vt == (VT_BYREF | VT_VARIANT)) {
        VARIANT *inner = target.pvarVal;
        if (inner->vt & VT_BYREF) // VBScript hands over its variable behind two references
            return give_reference(*inner, value);
        VariantClear(inner);
        value.to(inner);
    } else if (target.vt == (VT_BYREF | VT_BSTR) && value.vt == VT_BSTR) {
        SysFreeString(*target.pbstrVal);
        *target.pbstrVal = value.bstrVal;
        value.vt = VT_EMPTY;
    } // else it was handed over as a value: nobody waits for it
}
