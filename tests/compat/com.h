// What programs in C++ commonly have for COM: pointers that count, texts, errors as exceptions.
#pragma once
#include <windows.h>
#include <ole2.h>
#include <ocidl.h>

#include <cstdio>
#include <string>
#include <utility>

template <class Interface> class Com {
public:
    Com() = default;
    Com(const Com &other) : held(other.held) {
        if (held)
            held->AddRef();
    }
    ~Com() {
        if (held)
            held->Release();
    }
    Com &operator=(Com other) {
        std::swap(held, other.held);
        return *this;
    }
    Interface *operator->() const { return held; }
    Interface **operator&() { return &held; }
    operator Interface *() const { return held; }

private:
    Interface *held = nullptr;
};

class Text {
public:
    Text(const wchar_t *text = nullptr) : held(SysAllocString(text)) {}
    ~Text() { SysFreeString(held); }
    Text(Text &&other) : held(other.held) { other.held = nullptr; }
    Text(const Text &) = delete;
    operator BSTR() const { return held; }
    BSTR *operator&() { return &held; }
    std::wstring units() const { return std::wstring(held ? held : L"", SysStringLen(held)); }

private:
    BSTR held;
};

struct Error {
    HRESULT code;
    std::wstring source, text;
};

/// Throws what a failed call left as its error.
inline void check(HRESULT code) {
    if (SUCCEEDED(code))
        return;
    Error error{code, L"", L""};
    Com<IErrorInfo> told;
    if (GetErrorInfo(0, &told) == S_OK) {
        Text source, text;
        told->GetSource(&source);
        told->GetDescription(&text);
        error.source = source.units();
        error.text = text.units();
    }
    throw error;
}

/// Gives what a member has for its last parameter; throws what it fails with.
template <class Kind, class Interface, class Member, class... Given> Kind ask(const Com<Interface> &object, Member member, const Given &...given) {
    Kind found{};
    check(((*static_cast<Interface *>(object)).*member)(given..., &found));
    return found;
}

inline std::string utf8(const std::wstring &text) {
    std::string found(text.size() * 3 + 1, '\0');
    found.resize(WideCharToMultiByte(CP_UTF8, 0, text.data(), static_cast<int>(text.size()), &found[0], static_cast<int>(found.size()), nullptr, nullptr));
    return found;
}

/// Begins with COM, and ends the program with what went wrong.
template <class Program> int run(COINIT apartment, Program program) {
    CoInitializeEx(nullptr, apartment);
    try {
        program();
    } catch (const Error &error) {
        printf("%08lX %s: %s\n", static_cast<unsigned long>(error.code), utf8(error.source).c_str(), utf8(error.text).c_str());
        return 1;
    }
    CoUninitialize();
    return 0;
}
