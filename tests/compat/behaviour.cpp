// How the DLL behaves beyond single members; tells each step on a line.
#include "com.h"

#include "hMailServer.h"

static Com<IInterfaceApplication> application() {
    Com<IInterfaceApplication> app;
    check(CoCreateInstance(__uuidof(Application), nullptr, CLSCTX_INPROC_SERVER, __uuidof(IInterfaceApplication), reinterpret_cast<void **>(&app)));
    return app;
}

template <class Attempt> void told(const char *step, Attempt attempt) {
    try {
        attempt();
        printf("%s: done\n", step);
    } catch (const Error &error) {
        printf("%s: %08lX\n", step, static_cast<unsigned long>(error.code));
    }
}

static VARIANT text(const wchar_t *text) {
    VARIANT made;
    made.vt = VT_BSTR;
    made.bstrVal = SysAllocString(text);
    return made;
}

static DISPID id(IDispatch *object, const wchar_t *name) {
    DISPID found;
    check(object->GetIDsOfNames(IID_NULL, const_cast<LPOLESTR *>(&name), 1, LOCALE_NEUTRAL, &found));
    return found;
}

static HRESULT invoke(IDispatch *object, DISPID member, WORD flags, DISPPARAMS given, VARIANT *result = nullptr) {
    EXCEPINFO failure = {};
    HRESULT code = object->Invoke(member, IID_NULL, LOCALE_NEUTRAL, flags, &given, result, &failure, nullptr);
    return code == DISP_E_EXCEPTION ? failure.scode : code;
}

/// Authenticate(sPassword := ..., sUsername := ...), in no order of the parameters'.
static void named(IDispatch *app) {
    LPOLESTR names[] = {const_cast<LPOLESTR>(L"authenticate"), const_cast<LPOLESTR>(L"PASSWORD"), const_cast<LPOLESTR>(L"Username")};
    DISPID found[3];
    check(app->GetIDsOfNames(IID_NULL, names, 3, LOCALE_NEUTRAL, found));
    VARIANT values[] = {text(L"secret-0"), text(L"Administrator")}, result;
    VariantInit(&result);
    check(invoke(app, found[0], DISPATCH_METHOD, {values, found + 1, 2, 2}, &result));
    puts(result.vt == VT_DISPATCH && result.pdispVal ? "logged in by named arguments" : "not logged in");
    VariantClear(&result);
}

static void refusals(IDispatch *app) {
    printf("a missing argument: %08lX\n", static_cast<unsigned long>(invoke(app, id(app, L"Authenticate"), DISPATCH_METHOD, {})));
    printf("an unknown number: %08lX\n", static_cast<unsigned long>(invoke(app, 9999, DISPATCH_METHOD, {})));
    DISPID put = DISPID_PROPERTYPUT;
    VARIANT value = text(L"1");
    printf("writing what is read-only: %08lX\n", static_cast<unsigned long>(invoke(app, id(app, L"Version"), DISPATCH_PROPERTYPUT, {&value, &put, 1, 1})));
    printf("a method read as a property: %08lX\n", static_cast<unsigned long>(invoke(app, id(app, L"Connect"), DISPATCH_PROPERTYGET, {})));
    const wchar_t *name = L"Nothing";
    DISPID found;
    printf("an unknown name: %08lX\n", static_cast<unsigned long>(app->GetIDsOfNames(IID_NULL, const_cast<LPOLESTR *>(&name), 1, LOCALE_NEUTRAL, &found)));
}

/// Writes a property by reference, and with a number where a text is wanted.
static void puts_by_reference(const Com<IInterfaceDomain> &domain) {
    IDispatch *object = domain;
    DISPID put = DISPID_PROPERTYPUT;
    VARIANT number, reference, flag, result;
    number.vt = VT_I4;
    number.lVal = 42;
    reference.vt = VT_BYREF | VT_VARIANT;
    reference.pvarVal = &number;
    check(invoke(object, id(object, L"Name"), DISPATCH_PROPERTYPUTREF, {&reference, &put, 1, 1}));
    flag.vt = VT_I2;
    flag.iVal = 1;
    check(invoke(object, id(object, L"Active"), DISPATCH_PROPERTYPUT, {&flag, &put, 1, 1}));
    check(invoke(object, id(object, L"Active"), DISPATCH_PROPERTYGET | DISPATCH_METHOD, {}, &result));
    printf("%s %d\n", utf8(ask<Text>(domain, &IInterfaceDomain::get_Name).units()).c_str(), result.boolVal);
}

static void enumerate(IDispatch *domains) {
    VARIANT found, items[8];
    check(invoke(domains, DISPID_NEWENUM, DISPATCH_PROPERTYGET, {}, &found));
    Com<IEnumVARIANT> walk, copy;
    check(found.punkVal->QueryInterface(IID_IEnumVARIANT, reinterpret_cast<void **>(&walk)));
    VariantClear(&found);
    ULONG count = 0, rest = 0;
    HRESULT code = walk->Next(8, items, &count);
    for (ULONG index = 0; index < count; ++index)
        VariantClear(&items[index]);
    check(walk->Reset());
    check(walk->Clone(&copy));
    HRESULT skipped = walk->Skip(count), ended = walk->Next(1, items, &rest);
    HRESULT first = copy->Next(1, items, nullptr);
    VariantClear(&items[0]);
    printf("enumerated %lu %ld, %ld %ld %lu, %ld\n", count, code, skipped, ended, rest, first);
}

static DWORD WINAPI other_thread(void *object) {
    CoInitializeEx(nullptr, COINIT_MULTITHREADED);
    Com<IInterfaceApplication> app;
    check(CoGetInterfaceAndReleaseStream(static_cast<IStream *>(object), __uuidof(IInterfaceApplication), reinterpret_cast<void **>(&app)));
    Text version;
    HRESULT code = app->get_Version(&version);
    CoUninitialize();
    return static_cast<DWORD>(code);
}

static void behaviour() {
    Com<IInterfaceApplication> app = application();
    named(app);
    refusals(app);
    auto domains = ask<Com<IInterfaceDomains>>(app, &IInterfaceApplication::get_Domains);
    puts_by_reference(ask<Com<IInterfaceDomain>>(domains, &IInterfaceDomains::Add));
    enumerate(domains);

    IStream *stream;
    DWORD code;
    check(CoMarshalInterThreadInterfaceInStream(__uuidof(IInterfaceApplication), app, &stream));
    HANDLE thread = CreateThread(nullptr, 0, other_thread, stream, 0, nullptr);
    WaitForSingleObject(thread, INFINITE); // without a message loop: the call does not come back to this thread
    GetExitCodeThread(thread, &code);
    printf("another thread: %08lX\n", code);

    printf("no place for the value: %08lX\n", static_cast<unsigned long>(app->get_Version(nullptr)));
    check(app->Connect()); // at this word the server of the test forgets the session
    told("an object of the lost session", [&] { ask<Text>(app, &IInterfaceApplication::get_Version); });
    told("a new object", [&] { ask<Text>(application(), &IInterfaceApplication::get_Version); });
    told("the old object", [&] { ask<Text>(app, &IInterfaceApplication::get_Version); });
    SetEnvironmentVariableW(L"POSTROOM_CLIENT_URL", L"http://127.0.0.1:1");
    told("nobody there", [] { application(); });
    SetEnvironmentVariableW(L"POSTROOM_CLIENT_URL", L"nonsense");
    told("no address", [] { application(); });
}

int main() { return run(COINIT_APARTMENTTHREADED, behaviour); }
