#include "enumeration.h"

#include <algorithm>

namespace {
constexpr long run = 100; // items of one request
}

Enumeration::Enumeration(Object &collection, long start) : collection(collection), at(start) { collection.add(); }

Enumeration::~Enumeration() {
    drop();
    collection.release();
}

void Enumeration::drop() {
    for (IDispatch *one : fetched)
        one->Release();
    fetched.clear();
}

HRESULT Enumeration::QueryInterface(REFIID iid, void **found) {
    if (!found)
        return E_POINTER;
    *found = iid == IID_IUnknown || iid == IID_IEnumVARIANT ? this : nullptr;
    if (!*found)
        return E_NOINTERFACE;
    AddRef();
    return S_OK;
}

ULONG Enumeration::AddRef() { return static_cast<ULONG>(InterlockedIncrement(&references)); }

ULONG Enumeration::Release() {
    LONG left = InterlockedDecrement(&references);
    if (!left)
        delete this;
    return static_cast<ULONG>(left);
}

IDispatch *Enumeration::item() {
    if (fetched.empty()) {
        fetched = collection.items(at, run);
        std::reverse(fetched.begin(), fetched.end());
    }
    if (fetched.empty())
        return nullptr;
    IDispatch *found = fetched.back();
    fetched.pop_back();
    ++at;
    return found;
}

HRESULT Enumeration::Next(ULONG count, VARIANT *items, ULONG *told) {
    if (!items || (!told && count != 1))
        return E_POINTER;
    Turn held(turn);
    ULONG given = 0;
    try {
        for (; given < count; ++given) {
            IDispatch *one = item();
            if (!one)
                break;
            items[given].vt = VT_DISPATCH;
            items[given].pdispVal = one;
        }
    } catch (const Failure &failure) {
        if (!given)
            return failure.code; // else what is there is given, and the next call fails
    } catch (const std::exception &) {
        return E_OUTOFMEMORY;
    }
    if (told)
        *told = given;
    return given == count ? S_OK : S_FALSE;
}

HRESULT Enumeration::Skip(ULONG count) {
    for (ULONG index = 0; index < count; ++index) {
        VARIANT one;
        HRESULT code = Next(1, &one, nullptr);
        if (code != S_OK)
            return code;
        one.pdispVal->Release();
    }
    return S_OK;
}

HRESULT Enumeration::Reset() {
    Turn held(turn);
    drop();
    at = 0;
    return S_OK;
}

HRESULT Enumeration::Clone(IEnumVARIANT **found) {
    if (!found)
        return E_POINTER;
    Turn held(turn);
    *found = new Enumeration(collection, at);
    return S_OK;
}
