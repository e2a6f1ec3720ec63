// JSON as far as the protocol needs it. Texts are UTF-16 in memory and UTF-8 on the line.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace json {

enum class Kind { Null, False, True, Number, Text, List, Pairs };

/// A value that was read. A number keeps its digits, so that 64 bits survive.
struct Value {
    Kind kind = Kind::Null;
    std::wstring text;
    std::string digits;
    std::vector<Value> items;
    std::vector<std::pair<std::wstring, Value>> pairs;

    /// The value of a name; Null where there is none.
    const Value &operator[](std::wstring_view name) const;
    bool is_whole() const { return digits.find_first_of(".eE") == std::string::npos; }
    long long whole() const;
    double number() const;
};

/// Reads a text; false where it is no JSON, or nested deeper than 100.
bool read(std::string_view source, Value &found);

/// Writes a text with its quotes; lone surrogates become U+FFFD.
void write(std::string &to, std::wstring_view text);
void write(std::string &to, long long number);
void write(std::string &to, double number);

} // namespace json
