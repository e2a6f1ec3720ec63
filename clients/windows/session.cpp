#include "session.h"

#include <memory>

namespace {

constexpr wchar_t default_url[] = L"http://127.0.0.1:8787";
constexpr wchar_t settings_key[] = L"Software\\Postroom\\Client";
constexpr DWORD connect_ms = 10000, answer_ms = 600000, farewell_ms = 2000;
constexpr size_t longest_answer = 1u << 29;
constexpr size_t most_released = 1000;
constexpr DWORD unproven = SECURITY_FLAG_IGNORE_UNKNOWN_CA | SECURITY_FLAG_IGNORE_CERT_CN_INVALID | SECURITY_FLAG_IGNORE_CERT_DATE_INVALID
    | SECURITY_FLAG_IGNORE_CERT_WRONG_USAGE;

SRWLOCK entering = SRWLOCK_INIT;
Session *current;

std::wstring environment(const wchar_t *name) {
    wchar_t found[2048];
    DWORD length = GetEnvironmentVariableW(name, found, ARRAYSIZE(found));
    return length < ARRAYSIZE(found) ? std::wstring(found, length) : std::wstring();
}

std::wstring registered(HKEY root, const wchar_t *name) {
    wchar_t found[2048];
    HKEY key;
    if (RegOpenKeyExW(root, settings_key, 0, KEY_READ | KEY_WOW64_64KEY, &key)) // one place for both kinds of program
        return {};
    DWORD size = sizeof found;
    bool there = !RegGetValueW(key, nullptr, name, RRF_RT_REG_SZ, nullptr, found, &size);
    RegCloseKey(key);
    return there ? std::wstring(found) : std::wstring();
}

/// A setting: the environment's, else the user's, else the machine's.
std::wstring setting(const wchar_t *variable, const wchar_t *value) {
    std::wstring found = environment(variable);
    if (found.empty())
        found = registered(HKEY_CURRENT_USER, value);
    return found.empty() ? registered(HKEY_LOCAL_MACHINE, value) : found;
}

/// A fingerprint as it is compared: digits in lower case, without what is put between them.
std::wstring bare(const std::wstring &text) {
    std::wstring digits;
    for (wchar_t one : text)
        if (iswxdigit(one))
            digits += towlower(one);
    return digits;
}

/// The SHA-256 of the certificate that a server has shown; empty when it has shown none.
std::wstring shown_to(HINTERNET request) {
    PCCERT_CONTEXT found = nullptr;
    DWORD size = sizeof found;
    if (!WinHttpQueryOption(request, WINHTTP_OPTION_SERVER_CERT_CONTEXT, &found, &size) || !found)
        return {};
    BYTE hash[32];
    size = sizeof hash;
    bool made = CryptHashCertificate(0, CALG_SHA_256, 0, found->pbCertEncoded, found->cbCertEncoded, hash, &size) && size == sizeof hash;
    CertFreeCertificateContext(found);
    std::wstring digits;
    wchar_t two[3];
    for (size_t index = 0; made && index < sizeof hash; ++index) {
        swprintf(two, ARRAYSIZE(two), L"%02x", hash[index]);
        digits += two;
    }
    return digits;
}

/// Closes a request's handle at the end of its block.
struct Closing {
    void operator()(void *handle) const { WinHttpCloseHandle(handle); }
};

HRESULT code_of(const json::Value &error) {
    const std::wstring &text = error[L"data"][L"hresult"].text;
    unsigned long code = wcstoul(text.c_str(), nullptr, 16);
    return code & 0x80000000 ? static_cast<HRESULT>(code) : E_FAIL; // a failure stays one
}

} // namespace

Session *Session::enter() {
    Turn held(entering);
    if (!current || current->lost)
        current = new Session;
    ++current->objects;
    return current;
}

void Session::join() {
    Turn held(entering);
    ++objects;
}

void Session::leave(long long handle) {
    {
        Turn held(releasing);
        released.push_back(handle);
    }
    {
        Turn held(entering);
        if (--objects)
            return;
        if (current == this)
            current = nullptr;
    }
    close();
    delete this;
}

Session::Session() {
    url = setting(L"POSTROOM_CLIENT_URL", L"Url");
    if (url.empty())
        url = default_url;
    std::wstring key = setting(L"POSTROOM_CLIENT_KEY", L"Key");
    headers = L"Content-Type: application/json\r\n";
    if (!key.empty())
        headers += L"Authorization: Bearer " + key + L"\r\n";
    URL_COMPONENTS parts = {};
    parts.dwStructSize = sizeof parts;
    parts.dwHostNameLength = parts.dwUrlPathLength = static_cast<DWORD>(-1);
    if (!WinHttpCrackUrl(url.c_str(), 0, 0, &parts))
        return; // open() tells
    path.assign(parts.lpszUrlPath, parts.dwUrlPathLength);
    if (path.empty() || path == L"/")
        path = L"/com/v1";
    flags = parts.nScheme == INTERNET_SCHEME_HTTPS ? WINHTTP_FLAG_SECURE : 0;
    if (flags)
        fingerprint = bare(setting(L"POSTROOM_CLIENT_FINGERPRINT", L"Fingerprint"));
    web = WinHttpOpen(L"Postroom", WINHTTP_ACCESS_TYPE_NO_PROXY, nullptr, nullptr, 0);
    std::wstring host(parts.lpszHostName, parts.dwHostNameLength);
    if (web && WinHttpSetTimeouts(web, connect_ms, connect_ms, answer_ms, answer_ms))
        server = WinHttpConnect(web, host.c_str(), parts.nPort, 0);
}

Session::~Session() {
    if (server)
        WinHttpCloseHandle(server);
    if (web)
        WinHttpCloseHandle(web);
}

json::Value Session::request(const char *method, const std::string &params) {
    Turn held(turn);
    if (lost)
        throw Failure{RPC_E_DISCONNECTED, L"The server has ended this session: make the object anew."};
    if (token.empty())
        open();
    std::string given = "\"s\":";
    json::write(given, token);
    release(given);
    if (!params.empty())
        given += ',' + params;
    try {
        return exchange(method, given);
    } catch (const Failure &failure) {
        if (failure.code == RPC_E_DISCONNECTED)
            lost = true; // its handles are gone with it; the next object that is made opens a new session
        throw;
    }
}

void Session::open() {
    token = exchange("com.open", "\"client\":\"postroom windows\",\"v\":1")[L"s"].text;
    if (token.empty())
        throw Failure{E_FAIL, L"The server's answer is none of the protocol."};
}

void Session::close() {
    if (token.empty() || lost)
        return;
    WinHttpSetTimeouts(web, farewell_ms, farewell_ms, farewell_ms, farewell_ms); // nobody waits for a farewell
    try {
        request("com.close", "");
    } catch (const Failure &) {
        return; // the server ends it after its time
    }
}

void Session::release(std::string &params) {
    Turn held(releasing);
    size_t count = released.size() < most_released ? released.size() : most_released;
    if (!count)
        return;
    params += ",\"release\":";
    for (size_t index = 0; index < count; ++index) {
        params += index ? ',' : '[';
        json::write(params, released[index]);
    }
    params += ']';
    released.erase(released.begin(), released.begin() + count);
}

json::Value Session::exchange(const char *method, const std::string &params) {
    std::string body = "{\"jsonrpc\":\"2.0\",\"id\":";
    json::write(body, ++number);
    body.append(",\"method\":\"").append(method).append("\",\"params\":{").append(params).append("}}");
    json::Value told;
    if (!json::read(post(body), told) || told.kind != json::Kind::Pairs)
        throw Failure{E_FAIL, L"The server's answer is none of the protocol."};
    const json::Value &error = told[L"error"];
    if (error.kind == json::Kind::Pairs) {
        Failure failure{code_of(error), error[L"message"].text};
        if (!error[L"data"][L"source"].text.empty())
            failure.source = error[L"data"][L"source"].text;
        throw failure;
    }
    return told[L"result"];
}

std::string Session::post(const std::string &body) {
    std::unique_ptr<void, Closing> request;
    if (server)
        request.reset(WinHttpOpenRequest(server, L"POST", path.c_str(), nullptr, WINHTTP_NO_REFERER, WINHTTP_DEFAULT_ACCEPT_TYPES, flags));
    if (!request)
        unreachable();
    DWORD never = WINHTTP_OPTION_REDIRECT_POLICY_NEVER; // the key goes nowhere else
    WinHttpSetOption(request.get(), WINHTTP_OPTION_REDIRECT_POLICY, &never, sizeof never);
    send(request.get(), body);
    if (!WinHttpReceiveResponse(request.get(), nullptr))
        unreachable();
    DWORD status = 0, size = sizeof status;
    WinHttpQueryHeaders(request.get(), WINHTTP_QUERY_STATUS_CODE | WINHTTP_QUERY_FLAG_NUMBER, WINHTTP_HEADER_NAME_BY_INDEX, &status, &size, nullptr);
    std::string told = answer(request.get());
    if (status == 401 || status == 403)
        throw Failure{E_ACCESSDENIED, L"The server refuses the connection: HTTP " + std::to_wstring(status) + L"."};
    if (status != 200)
        throw Failure{server_unavailable, L"The RPC server is unavailable: " + url + L" answers HTTP " + std::to_wstring(status) + L"."};
    return told;
}

void Session::send(HINTERNET request, const std::string &body) {
    DWORD length = static_cast<DWORD>(body.size()), written = 0;
    if (fingerprint.empty()) {
        if (!WinHttpSendRequest(request, headers.c_str(), static_cast<DWORD>(-1), const_cast<char *>(body.data()), length, length, 0))
            unreachable();
        return;
    }
    // What proves the server is the fingerprint alone: it is asked for before anything is sent, and again before the body is.
    DWORD ignored = unproven;
    DWORD_PTR self = reinterpret_cast<DWORD_PTR>(this);
    WinHttpSetOption(request, WINHTTP_OPTION_SECURITY_FLAGS, &ignored, sizeof ignored);
    WinHttpSetStatusCallback(request, told, WINHTTP_CALLBACK_FLAG_SEND_REQUEST, 0);
    bool begun = WinHttpSendRequest(request, headers.c_str(), static_cast<DWORD>(-1), WINHTTP_NO_REQUEST_DATA, 0, length, self);
    if (begun && !is_expected(request))
        throw Failure{server_unavailable, L"The RPC server is unavailable: " + url + L" shows another certificate than the one with the fingerprint."};
    if (!begun || !WinHttpWriteData(request, body.data(), length, &written) || written != length)
        unreachable();
}

bool Session::is_expected(HINTERNET request) const { return shown_to(request) == fingerprint; }

void CALLBACK Session::told(HINTERNET request, DWORD_PTR session, DWORD status, void *, DWORD) {
    if (status == WINHTTP_CALLBACK_STATUS_SENDING_REQUEST && session && !reinterpret_cast<Session *>(session)->is_expected(request))
        WinHttpCloseHandle(request); // ends it before its head, which may have a key, is sent
}

std::string Session::answer(HINTERNET request) {
    std::string told;
    DWORD more = 0, taken = 0;
    while (WinHttpQueryDataAvailable(request, &more) && more) {
        size_t before = told.size();
        if (before + more > longest_answer)
            throw Failure{E_OUTOFMEMORY, L"The server's answer is too long."};
        told.resize(before + more);
        if (!WinHttpReadData(request, &told[before], more, &taken))
            unreachable();
        told.resize(before + taken);
    }
    return told;
}

void Session::unreachable() {
    throw Failure{server_unavailable, L"The RPC server is unavailable: " + url + L" (error " + std::to_wstring(GetLastError()) + L")."};
}
