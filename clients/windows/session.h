// The line to the server: one session of the protocol for this process, over WinHTTP.
#pragma once
#include "json.h"

#include <windows.h>
#include <wincrypt.h>
#include <winhttp.h>

constexpr HRESULT failed = static_cast<HRESULT>(0x800403E9);
constexpr HRESULT server_unavailable = static_cast<HRESULT>(0x800706BA);

/// A call that failed: what COM's callers are told of it.
struct Failure {
    HRESULT code;
    std::wstring text;
    std::wstring source = L"hMailServer COM library";
};

/// A lock that is held to the end of its block.
class Turn {
public:
    explicit Turn(SRWLOCK &lock) : lock(lock) { AcquireSRWLockExclusive(&lock); }
    ~Turn() { ReleaseSRWLockExclusive(&lock); }
    Turn(const Turn &) = delete;

private:
    SRWLOCK &lock;
};

/// A session. Its objects keep it; with the last of them it is closed. Calls go one after another.
class Session {
public:
    /// Gives this process's session, for one object more. Opens a new one where the server has forgotten the old.
    static Session *enter();
    /// Another object on the same session.
    void join();
    /// An object is gone: its handle is released with the next request.
    void leave(long long handle);

    /// Sends a request; `params` are the members of its params object behind the session's token. Gives the result, or throws Failure.
    json::Value request(const char *method, const std::string &params);

private:
    Session();
    ~Session();
    void open();
    void close();
    json::Value exchange(const char *method, const std::string &params);
    std::string post(const std::string &body);
    void send(HINTERNET request, const std::string &body);
    bool is_expected(HINTERNET request) const;
    static void CALLBACK told(HINTERNET request, DWORD_PTR session, DWORD status, void *, DWORD);
    std::string answer(HINTERNET request);
    void release(std::string &params);
    [[noreturn]] void unreachable();

    SRWLOCK turn = SRWLOCK_INIT, releasing = SRWLOCK_INIT;
    std::wstring url, path, headers;
    std::wstring fingerprint; // of the server's certificate, if it is known by that and not by who signed it
    HINTERNET web = nullptr, server = nullptr;
    DWORD flags = 0;
    std::wstring token;
    std::vector<long long> released;
    long long number = 0;
    long objects = 0;
    bool lost = false;
};
