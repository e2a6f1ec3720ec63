#include "registration.h"

#include "object.h"

#include <olectl.h>

namespace {

constexpr wchar_t library_id[] = L"{DB241B59-A1B1-4C59-98FC-8D101A2995F2}";
constexpr wchar_t automation_proxy[] = L"{00020424-0000-0000-C000-000000000046}";
constexpr wchar_t version[] = L"1.0";
constexpr bool is_64_bit = sizeof(void *) == 8;

/// A view of the registry, with the DLL for the programs that see it.
struct View {
    bool wide;
    std::wstring dll;
    std::wstring root; // where its CLSID and Interface stand; all else is the same for both
};

std::wstring written(const GUID &guid) {
    wchar_t text[40];
    return std::wstring(text, StringFromGUID2(guid, text, ARRAYSIZE(text)) - 1);
}

bool is_on_64_bit_windows() {
    BOOL emulated = FALSE;
    return is_64_bit || (IsWow64Process(GetCurrentProcess(), &emulated) && emulated);
}

/// The DLL of the other width, where it lies beside this one: postroom64.dll and postroom32.dll.
std::wstring neighbour() {
    std::wstring path = module_path();
    size_t at = path.rfind(is_64_bit ? L"64." : L"32.");
    if (at == std::wstring::npos)
        return {};
    path.replace(at, 2, is_64_bit ? L"32" : L"64");
    return GetFileAttributesW(path.c_str()) == INVALID_FILE_ATTRIBUTES ? std::wstring() : path;
}

std::vector<View> views() {
    if (!is_on_64_bit_windows())
        return {{false, module_path(), L""}};
    std::wstring here = module_path(), there = neighbour();
    return {{true, is_64_bit ? here : there, L""}, {false, is_64_bit ? there : here, L"Wow6432Node\\"}};
}

/// Writes values below Software\Classes; the first failure ends it.
class Classes {
public:
    explicit Classes(bool machine) {
        code = RegCreateKeyExW(machine ? HKEY_LOCAL_MACHINE : HKEY_CURRENT_USER, L"Software\\Classes", 0, nullptr, 0, KEY_ALL_ACCESS | view, nullptr, &root,
                               nullptr);
    }
    ~Classes() {
        if (root)
            RegCloseKey(root);
    }
    Classes(const Classes &) = delete;

    HRESULT result() const { return HRESULT_FROM_WIN32(code); }

    void set(const std::wstring &path, const std::wstring &text, const wchar_t *name = nullptr) {
        HKEY key;
        if (code || (code = RegCreateKeyExW(root, path.c_str(), 0, nullptr, 0, KEY_SET_VALUE | view, nullptr, &key, nullptr)))
            return;
        auto bytes = reinterpret_cast<const BYTE *>(text.c_str());
        code = RegSetValueExW(key, name, 0, REG_SZ, bytes, static_cast<DWORD>((text.size() + 1) * sizeof(wchar_t)));
        RegCloseKey(key);
    }

    std::wstring get(const std::wstring &path) const {
        wchar_t text[MAX_PATH * 2];
        HKEY key;
        if (RegOpenKeyExW(root, path.c_str(), 0, KEY_QUERY_VALUE | view, &key))
            return {};
        DWORD size = sizeof text;
        bool there = !RegGetValueW(key, nullptr, nullptr, RRF_RT_REG_SZ, nullptr, text, &size);
        RegCloseKey(key);
        return there ? std::wstring(text) : std::wstring();
    }

    /// Removes a key with all below it; that there is none is no failure.
    void remove(const std::wstring &path) {
        HKEY key;
        if (code || RegOpenKeyExW(root, path.c_str(), 0, KEY_ALL_ACCESS | view, &key))
            return;
        RegDeleteTreeW(key, nullptr);
        RegCloseKey(key);
        code = RegDeleteKeyExW(root, path.c_str(), view, 0);
        if (code == ERROR_FILE_NOT_FOUND)
            code = ERROR_SUCCESS;
    }

private:
    const REGSAM view = is_on_64_bit_windows() ? KEY_WOW64_64KEY : 0;
    HKEY root = nullptr;
    LSTATUS code;
};

void write_class(Classes &to, const Class &one, const View &view) {
    std::wstring id = view.root + L"CLSID\\" + written(one.clsid), progid = std::wstring(L"hMailServer.") + one.name, title = progid + L" (Postroom)";
    to.set(id, title);
    to.set(id + L"\\InprocServer32", view.dll);
    to.set(id + L"\\InprocServer32", L"Both", L"ThreadingModel");
    to.set(id + L"\\ProgID", progid + L".1");
    to.set(id + L"\\VersionIndependentProgID", progid);
    to.set(id + L"\\TypeLib", library_id);
    to.set(id + L"\\Version", version);
    to.set(id + L"\\Programmable", L"");
    to.set(progid, title);
    to.set(progid + L"\\CLSID", written(one.clsid));
    to.set(progid + L"\\CurVer", progid + L".1");
    to.set(progid + L".1", title);
    to.set(progid + L".1\\CLSID", written(one.clsid));
}

void write_interface(Classes &to, const Class &one, const View &view) {
    std::wstring id = view.root + L"Interface\\" + written(one.iid);
    to.set(id, std::wstring(L"IInterface") + one.name);
    to.set(id + L"\\ProxyStubClsid32", automation_proxy);
    to.set(id + L"\\TypeLib", library_id);
    to.set(id + L"\\TypeLib", version, L"Version");
}

std::wstring library_path() { return std::wstring(L"TypeLib\\") + library_id + L"\\" + version; }

void write_library(Classes &to, const View &view) {
    std::wstring path = library_path();
    to.set(path, L"hMailServer 1.0 Type Library (Postroom)");
    to.set(path + (view.wide ? L"\\0\\win64" : L"\\0\\win32"), view.dll);
    to.set(path + L"\\FLAGS", L"0");
    to.set(path + L"\\HELPDIR", view.dll.substr(0, view.dll.rfind(L'\\')));
}

/// Removes what names a class, unless another program has registered itself for it since.
void remove_class(Classes &from, const Class &one, const View &view) {
    std::wstring id = view.root + L"CLSID\\" + written(one.clsid), progid = std::wstring(L"hMailServer.") + one.name;
    std::wstring there = from.get(id + L"\\InprocServer32");
    if (lstrcmpiW(there.c_str(), view.dll.c_str()))
        return;
    from.remove(id);
    from.remove(progid);
    from.remove(progid + L".1");
    from.remove(view.root + L"Interface\\" + written(one.iid));
}

} // namespace

std::wstring module_path() {
    wchar_t path[MAX_PATH * 2];
    return std::wstring(path, GetModuleFileNameW(module, path, ARRAYSIZE(path)));
}

bool is_elevated() {
    HKEY key;
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"Software\\Classes", 0, KEY_WRITE, &key))
        return false;
    RegCloseKey(key);
    return true;
}

HRESULT register_classes(bool machine) {
    for (const View &view : views()) {
        if (view.dll.empty())
            continue;
        Classes to(machine);
        write_library(to, view);
        for (unsigned index = 0; index < class_count; ++index) {
            write_class(to, classes[index], view);
            write_interface(to, classes[index], view);
        }
        if (FAILED(to.result()))
            return SELFREG_E_CLASS;
    }
    return S_OK;
}

HRESULT unregister_classes(bool machine) {
    for (const View &view : views()) {
        if (view.dll.empty())
            continue;
        Classes from(machine);
        for (unsigned index = 0; index < class_count; ++index)
            remove_class(from, classes[index], view);
        std::wstring library = library_path();
        if (!lstrcmpiW(from.get(library + (view.wide ? L"\\0\\win64" : L"\\0\\win32")).c_str(), view.dll.c_str()))
            from.remove(std::wstring(L"TypeLib\\") + library_id);
        if (FAILED(from.result()))
            return SELFREG_E_CLASS;
    }
    return S_OK;
}
