// Calls every member of every class that the registered type library names: first by its place in the vtable, then by its name.
// Prints a line for each: class|place|dispid|kind|name(parameters)|what the vtable's call gave|what the call by name gave.
#include "com.h"

#include <vector>

static const GUID library_id = {0xDB241B59, 0xA1B1, 0x4C59, {0x98, 0xFC, 0x8D, 0x10, 0x1A, 0x29, 0x95, 0xF2}};
static const CLSID free_threaded = {0x0000033A, 0x0000, 0x0000, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};

static std::wstring name_of(ITypeInfo *type, MEMBERID id = MEMBERID_NIL) {
    Text name;
    check(type->GetDocumentation(id, &name, nullptr, nullptr, nullptr));
    return name.units();
}

static GUID id_of(ITypeInfo *type) {
    TYPEATTR *facts;
    check(type->GetTypeAttr(&facts));
    GUID found = facts->guid;
    type->ReleaseTypeAttr(facts);
    return found;
}

static Com<ITypeInfo> referred(ITypeInfo *type, HREFTYPE reference) {
    Com<ITypeInfo> found;
    check(type->GetRefTypeInfo(reference, &found));
    return found;
}

static std::wstring type_name(ITypeInfo *type, const TYPEDESC &kind) {
    switch (kind.vt) {
    case VT_BSTR: return L"string";
    case VT_I4: return L"integer";
    case VT_I8: return L"int64";
    case VT_BOOL: return L"boolean";
    case VT_R4: return L"float";
    case VT_VARIANT: return L"variant";
    case VT_USERDEFINED: return name_of(referred(type, kind.hreftype));
    case VT_PTR: return type_name(type, *kind.lptdesc) + L"*";
    default: return L"?";
    }
}

static std::wstring shown(const VARIANT &value) {
    wchar_t text[64];
    switch (value.vt) {
    case VT_BSTR: return L"string " + std::wstring(value.bstrVal, SysStringLen(value.bstrVal));
    case VT_I4: swprintf(text, 64, L"integer %ld", value.lVal); return text;
    case VT_I8: swprintf(text, 64, L"int64 %lld", value.llVal); return text;
    case VT_BOOL: return value.boolVal == VARIANT_TRUE ? L"boolean true" : L"boolean false";
    case VT_R4: swprintf(text, 64, L"float %.2f", value.fltVal); return text;
    case VT_R8: swprintf(text, 64, L"double %.0f", value.dblVal); return text;
    case VT_DATE: swprintf(text, 64, L"date %.6f", value.date); return text;
    case VT_EMPTY: return L"nothing";
    case VT_DISPATCH: {
        Com<ITypeInfo> type;
        check(value.pdispVal->GetTypeInfo(0, LOCALE_NEUTRAL, &type));
        return L"object " + name_of(type);
    }
    default: swprintf(text, 64, L"type %d", value.vt); return text;
    }
}

/// An argument of a type; `place` is where a pointer points.
static VARIANT sample(const std::wstring &type, VARIANT &place) {
    VARIANT made;
    VariantInit(&made);
    VariantInit(&place);
    if (type.back() == L'*') {
        place.vt = type == L"string*" ? VT_BSTR : type == L"boolean*" ? VT_BOOL : type == L"int64*" ? VT_I8 : type == L"float*" ? VT_R4 : VT_I4;
        if (type.size() > 1 && type[type.size() - 2] == L'*')
            place.vt = VT_DISPATCH;
        made.vt = VT_BYREF | place.vt;
        made.byref = &place.byref;
        if (type == L"variant*") {
            place.vt = VT_EMPTY;
            made.vt = VT_BYREF | VT_VARIANT;
            made.pvarVal = &place;
        }
    } else if (type == L"string") {
        made.vt = VT_BSTR;
        made.bstrVal = SysAllocString(L"\u00dcber \U0001F600");
    } else if (type == L"int64") {
        made.vt = VT_I8;
        made.llVal = 1LL << 40;
    } else if (type == L"boolean") {
        made.vt = VT_BOOL;
        made.boolVal = VARIANT_TRUE;
    } else if (type == L"variant") {
        made.vt = VT_DATE;
        made.date = 46347.5;
    } else {
        made.vt = VT_I4;
        made.lVal = 3;
    }
    return made;
}

struct Function {
    FUNCDESC *facts;
    std::wstring name;
    std::vector<std::wstring> types;
    bool gives;

    std::vector<VARIANT> places, arguments;

    /// Makes the arguments anew; those by reference point to places.
    void prepare() {
        places.assign(types.size(), VARIANT());
        arguments.clear();
        for (size_t index = 0; index < types.size(); ++index)
            arguments.push_back(sample(types[index], places[index]));
    }

    std::wstring told(HRESULT code, const VARIANT *result) {
        wchar_t failure[16];
        swprintf(failure, 16, L"%08lX", static_cast<unsigned long>(code));
        if (FAILED(code))
            return failure;
        std::wstring found = result ? shown(*result) : L"nothing";
        for (size_t index = 0; index < types.size(); ++index)
            if (types[index].back() == L'*' && !(gives && index + 1 == types.size()))
                found += L", " + shown(places[index]);
        return found;
    }
};

static std::wstring by_vtable(IUnknown *object, Function &function) {
    function.prepare();
    std::vector<VARTYPE> kinds;
    std::vector<VARIANTARG *> given;
    std::vector<VARIANT> whole(function.arguments.size());
    for (size_t index = 0; index < function.arguments.size(); ++index) {
        VARIANT &one = function.arguments[index];
        bool is_variant = function.types[index] == L"variant";
        kinds.push_back(is_variant ? VT_VARIANT : one.vt);
        whole[index] = one;
        given.push_back(&whole[index]);
    }
    VARIANT told;
    HRESULT code = DispCallFunc(object, function.facts->oVft, CC_STDCALL, VT_ERROR, static_cast<UINT>(given.size()), kinds.data(), given.data(), &told);
    return function.told(FAILED(code) ? code : told.scode, function.gives ? &function.places.back() : nullptr);
}

static std::wstring by_name(IDispatch *object, Function &function) {
    function.prepare();
    const wchar_t *name = function.name.c_str();
    DISPID id = 0, put = DISPID_PROPERTYPUT;
    check(object->GetIDsOfNames(IID_NULL, const_cast<LPOLESTR *>(&name), 1, LOCALE_NEUTRAL, &id));
    if (id != function.facts->memid)
        return L"another dispid";
    std::vector<VARIANT> backwards(function.arguments.rbegin() + (function.gives ? 1 : 0), function.arguments.rend());
    DISPPARAMS given = {backwards.data(), nullptr, static_cast<UINT>(backwards.size()), 0};
    if (function.facts->invkind == INVOKE_PROPERTYPUT) {
        given.rgdispidNamedArgs = &put;
        given.cNamedArgs = 1;
    }
    VARIANT result;
    VariantInit(&result);
    EXCEPINFO failure = {};
    WORD kind = static_cast<WORD>(function.facts->invkind);
    HRESULT code = object->Invoke(id, IID_NULL, LOCALE_NEUTRAL, kind, &given, &result, &failure, nullptr);
    return function.told(code == DISP_E_EXCEPTION ? failure.scode : code, function.gives ? &result : nullptr);
}

static void walk(const std::wstring &name, ITypeInfo *type, IUnknown *object, IDispatch *late) {
    TYPEATTR *facts;
    check(type->GetTypeAttr(&facts));
    for (UINT index = 0; index < facts->cFuncs; ++index) {
        Function function;
        check(type->GetFuncDesc(index, &function.facts));
        function.name = name_of(type, function.facts->memid);
        std::wstring taken;
        for (SHORT number = 0; number < function.facts->cParams; ++number) {
            const ELEMDESC &one = function.facts->lprgelemdescParam[number];
            function.types.push_back(type_name(type, one.tdesc));
            taken += (number ? L"," : L"") + function.types.back();
        }
        SHORT count = function.facts->cParams;
        function.gives = count && function.facts->lprgelemdescParam[count - 1].paramdesc.wParamFlags & PARAMFLAG_FRETVAL;
        std::wstring line = name + L"|" + std::to_wstring(function.facts->oVft / sizeof(void *)) + L"|" + std::to_wstring(function.facts->memid) + L"|"
                            + std::to_wstring(function.facts->invkind) + L"|" + function.name + L"(" + taken + L")|";
        line += by_vtable(object, function);
        line += L"|" + by_name(late, function);
        puts(utf8(line).c_str());
        type->ReleaseFuncDesc(function.facts);
    }
    type->ReleaseTypeAttr(facts);
}

/// What an object is besides: it tells its class, its errors, and that any thread may call it.
static void sides(ITypeInfo *coclass, IDispatch *object, REFIID iid) {
    Com<IProvideClassInfo> provides;
    Com<ITypeInfo> told, own;
    check(object->QueryInterface(IID_IProvideClassInfo, reinterpret_cast<void **>(&provides)));
    check(provides->GetClassInfo(&told));
    Com<ISupportErrorInfo> errors;
    check(object->QueryInterface(IID_ISupportErrorInfo, reinterpret_cast<void **>(&errors)));
    check(object->GetTypeInfo(0, LOCALE_NEUTRAL, &own));
    Com<IMarshal> marshal;
    CLSID marshaler;
    check(object->QueryInterface(IID_IMarshal, reinterpret_cast<void **>(&marshal)));
    check(marshal->GetUnmarshalClass(iid, object, MSHCTX_INPROC, nullptr, MSHLFLAGS_NORMAL, &marshaler));
    Com<IUnknown> one, other;
    check(object->QueryInterface(IID_IUnknown, reinterpret_cast<void **>(&one)));
    check(provides->QueryInterface(IID_IUnknown, reinterpret_cast<void **>(&other)));
    bool right = id_of(told) == id_of(coclass) && id_of(own) == iid && errors->InterfaceSupportsErrorInfo(iid) == S_OK && marshaler == free_threaded
                 && static_cast<IUnknown *>(one) == static_cast<IUnknown *>(other);
    if (!right)
        puts("an object tells something wrong of itself");
}

static void members() {
    Com<ITypeLib> library;
    check(LoadRegTypeLib(library_id, 1, 0, LOCALE_NEUTRAL, &library));
    for (UINT index = 0; index < library->GetTypeInfoCount(); ++index) {
        TYPEKIND kind;
        check(library->GetTypeInfoType(index, &kind));
        if (kind != TKIND_COCLASS)
            continue;
        Com<ITypeInfo> coclass;
        HREFTYPE reference;
        check(library->GetTypeInfo(index, &coclass));
        check(coclass->GetRefTypeOfImplType(0, &reference));
        Com<ITypeInfo> type = referred(coclass, reference);
        check(type->GetRefTypeOfImplType(static_cast<UINT>(-1), &reference)); // the vtable's side of a dual interface
        type = referred(type, reference);
        Com<IUnknown> object;
        Com<IDispatch> late;
        GUID iid = id_of(type);
        check(CoCreateInstance(id_of(coclass), nullptr, CLSCTX_INPROC_SERVER, iid, reinterpret_cast<void **>(&object)));
        check(object->QueryInterface(IID_IDispatch, reinterpret_cast<void **>(&late)));
        sides(coclass, late, iid);
        walk(name_of(coclass), type, object, late);
    }
}

int main() { return run(COINIT_MULTITHREADED, members); }
