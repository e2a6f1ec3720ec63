// What COM asks the DLL for: the classes' factories, and whether it may go.
#include "object.h"
#include "registration.h"

HINSTANCE module;

namespace {

/// Makes objects of one class. The factories live as long as the DLL.
class Factory final : public IClassFactory {
public:
    const Class *kind = nullptr;

    STDMETHODIMP QueryInterface(REFIID iid, void **found) override {
        if (!found)
            return E_POINTER;
        *found = iid == IID_IUnknown || iid == IID_IClassFactory ? this : nullptr;
        if (!*found)
            return E_NOINTERFACE;
        AddRef();
        return S_OK;
    }

    STDMETHODIMP_(ULONG) AddRef() override { return static_cast<ULONG>(InterlockedIncrement(&living)); }

    STDMETHODIMP_(ULONG) Release() override { return static_cast<ULONG>(InterlockedDecrement(&living)); }

    STDMETHODIMP CreateInstance(IUnknown *outer, REFIID iid, void **found) override {
        if (!found)
            return E_POINTER;
        *found = nullptr;
        if (outer)
            return CLASS_E_NOAGGREGATION;
        try {
            Object *made = Object::create(*kind);
            HRESULT code = made->query(iid, found);
            made->release();
            return code;
        } catch (const Failure &failure) {
            return tell(failure, kind->iid);
        } catch (const std::exception &) {
            return E_OUTOFMEMORY;
        }
    }

    STDMETHODIMP LockServer(BOOL lock) override {
        lock ? AddRef() : Release();
        return S_OK;
    }
};

constexpr unsigned most_classes = 128;
Factory factories[most_classes];
SRWLOCK loading = SRWLOCK_INIT;
ITypeLib *library;

} // namespace

HRESULT type_library(ITypeLib **found) {
    Turn held(loading);
    if (!library) {
        HRESULT code = LoadTypeLibEx(module_path().c_str(), REGKIND_NONE, &library);
        if (FAILED(code))
            return code;
    }
    library->AddRef();
    *found = library;
    return S_OK;
}

extern "C" {

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *) {
    if (reason == DLL_PROCESS_ATTACH) {
        module = instance;
        DisableThreadLibraryCalls(instance);
    }
    return TRUE;
}

STDAPI DllGetClassObject(REFCLSID clsid, REFIID iid, void **found) {
    if (!found)
        return E_POINTER;
    *found = nullptr;
    for (unsigned index = 0; index < class_count && index < most_classes; ++index)
        if (classes[index].clsid == clsid) {
            factories[index].kind = &classes[index];
            return factories[index].QueryInterface(iid, found);
        }
    return CLASS_E_CLASSNOTAVAILABLE;
}

STDAPI DllCanUnloadNow() { return living ? S_FALSE : S_OK; }

STDAPI DllRegisterServer() { return register_classes(is_elevated()); }

STDAPI DllUnregisterServer() { return unregister_classes(is_elevated()); }

// regsvr32 /i:user and /i:machine say for whom, whoever runs it.
STDAPI DllInstall(BOOL install, LPCWSTR whom) {
    bool machine = is_elevated();
    if (whom && !lstrcmpiW(whom, L"user"))
        machine = false;
    else if (whom && !lstrcmpiW(whom, L"machine"))
        machine = true;
    else if (whom && *whom)
        return E_INVALIDARG;
    return install ? register_classes(machine) : unregister_classes(machine);
}
}
