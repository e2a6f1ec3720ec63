#include "json.h"

#include <charconv>
#include <cmath>
#include <windows.h>

namespace json {

namespace {

constexpr int deepest = 100;

class Reader {
public:
    explicit Reader(std::string_view source) : at(source.data()), end(at + source.size()) {}

    bool all(Value &found) { return value(found, 0) && (skip(), at == end); }

private:
    const char *at, *const end;

    void skip() {
        while (at < end && (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n'))
            ++at;
    }

    bool next(char wanted) {
        skip();
        if (at == end || *at != wanted)
            return false;
        ++at;
        return true;
    }

    bool word(std::string_view wanted, Kind kind, Value &found) {
        if (std::string_view(at, end - at).substr(0, wanted.size()) != wanted)
            return false;
        at += wanted.size();
        found.kind = kind;
        return true;
    }

    bool value(Value &found, int depth) {
        skip();
        if (at == end || depth > deepest)
            return false;
        switch (*at) {
        case '{': return pairs(found, depth);
        case '[': return list(found, depth);
        case '"': found.kind = Kind::Text; return text(found.text);
        case 'n': return word("null", Kind::Null, found);
        case 't': return word("true", Kind::True, found);
        case 'f': return word("false", Kind::False, found);
        default: return number(found);
        }
    }

    bool pairs(Value &found, int depth) {
        found.kind = Kind::Pairs;
        ++at;
        if (next('}'))
            return true;
        do {
            auto &pair = found.pairs.emplace_back();
            skip();
            if (at == end || *at != '"' || !text(pair.first) || !next(':') || !value(pair.second, depth + 1))
                return false;
        } while (next(','));
        return next('}');
    }

    bool list(Value &found, int depth) {
        found.kind = Kind::List;
        ++at;
        if (next(']'))
            return true;
        do {
            if (!value(found.items.emplace_back(), depth + 1))
                return false;
        } while (next(','));
        return next(']');
    }

    bool number(Value &found) {
        const char *start = at;
        while (at < end && (std::string_view("+-.eE").find(*at) != std::string_view::npos || (*at >= '0' && *at <= '9')))
            ++at;
        found.kind = Kind::Number;
        found.digits.assign(start, at);
        return at > start;
    }

    bool text(std::wstring &found) {
        for (++at; at < end && *at != '"';) {
            const char *start = at;
            while (at < end && *at != '"' && *at != '\\')
                ++at;
            plain(found, start, static_cast<int>(at - start));
            if (at < end && *at == '\\' && !escaped(found))
                return false;
        }
        return next('"');
    }

    static void plain(std::wstring &found, const char *start, int length) {
        if (length == 0)
            return;
        size_t before = found.size();
        found.resize(before + length); // UTF-16 has no more units than UTF-8 has bytes
        found.resize(before + MultiByteToWideChar(CP_UTF8, 0, start, length, &found[before], length));
    }

    bool escaped(std::wstring &found) {
        if (end - at < 2)
            return false;
        char mark = at[1];
        at += 2;
        if (mark == 'u')
            return unit(found);
        size_t known = std::string_view("\"\\/bfnrt").find(mark);
        if (known == std::string_view::npos)
            return false;
        found += L"\"\\/\b\f\n\r\t"[known];
        return true;
    }

    bool unit(std::wstring &found) {
        unsigned short code = 0;
        if (end - at < 4 || std::from_chars(at, at + 4, code, 16).ptr != at + 4)
            return false;
        found += static_cast<wchar_t>(code);
        at += 4;
        return true;
    }
};

const Value nothing;

} // namespace

const Value &Value::operator[](std::wstring_view name) const {
    for (const auto &pair : pairs)
        if (pair.first == name)
            return pair.second;
    return nothing;
}

long long Value::whole() const {
    long long found = 0;
    if (is_whole())
        std::from_chars(digits.data(), digits.data() + digits.size(), found);
    else
        found = static_cast<long long>(number());
    return found;
}

double Value::number() const {
    double found = 0; // from_chars: the program around us may have set a locale with another decimal point
    std::from_chars(digits.data(), digits.data() + digits.size(), found);
    return found;
}

bool read(std::string_view source, Value &found) { return Reader(source).all(found); }

void write(std::string &to, std::wstring_view text) {
    int length = static_cast<int>(text.size());
    std::string bytes(text.size() * 3, '\0');
    if (length)
        bytes.resize(WideCharToMultiByte(CP_UTF8, 0, text.data(), length, bytes.data(), length * 3, nullptr, nullptr));
    to += '"';
    for (char one : bytes) {
        if (one == '"' || one == '\\')
            to += '\\';
        if (static_cast<unsigned char>(one) >= ' ')
            to += one;
        else
            to.append("\\u00").append(1, "01"[one >> 4]).append(1, "0123456789abcdef"[one & 15]);
    }
    to += '"';
}

void write(std::string &to, long long number) {
    char digits[24];
    to.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

void write(std::string &to, double number) {
    char digits[32];
    if (std::isfinite(number))
        to.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
    else
        to += "null";
}

} // namespace json
