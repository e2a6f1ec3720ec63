#include "object.h"

#include <cstddef>

#include "enumeration.h"

LONG living;

namespace {

struct Wrong : Failure {
    explicit Wrong(HRESULT code) : Failure{code, L"The arguments don't fit."} {}
};

/// Errors that a late-bound caller gets as they are; all others are exceptions with a text.
bool is_plain(HRESULT code) {
    return code == DISP_E_UNKNOWNNAME || code == DISP_E_BADPARAMCOUNT || code == DISP_E_TYPEMISMATCH || code == DISP_E_MEMBERNOTFOUND
           || code == DISP_E_PARAMNOTFOUND || code == DISP_E_PARAMNOTOPTIONAL || code == DISP_E_OVERFLOW || code == DISP_E_NONAMEDARGS;
}

bool same(std::wstring_view one, std::wstring_view other) {
    return CompareStringOrdinal(one.data(), static_cast<int>(one.size()), other.data(), static_cast<int>(other.size()), TRUE) == CSTR_EQUAL;
}

/// Tells of a failure as late-bound callers expect it.
HRESULT tell(const Failure &failure, EXCEPINFO *told) {
    if (is_plain(failure.code))
        return failure.code;
    if (told) {
        *told = EXCEPINFO();
        told->scode = failure.code;
        told->bstrSource = make_text(failure.source);
        told->bstrDescription = make_text(failure.text);
    }
    return DISP_E_EXCEPTION;
}

/// The number of a parameter by its name; -1 where there is none.
int parameter(const Member &member, std::wstring_view name) {
    std::wstring_view names = member.names;
    for (int number = 0; !names.empty(); ++number) {
        size_t end = names.find(L',');
        if (same(names.substr(0, end), name))
            return number;
        names = end == std::wstring_view::npos ? L"" : names.substr(end + 1);
    }
    return -1;
}

std::wstring_view parameter_name(const Member &member, size_t number) {
    std::wstring_view names = member.names;
    while (number--)
        names = names.substr(names.find(L',') + 1);
    return names.substr(0, names.find(L','));
}

bool is_out(char letter) { return letter >= 'a'; }

void separate(std::string &arguments) {
    if (!arguments.empty())
        arguments += ',';
}

/// The arguments in the order of the parameters: COM hands them over backwards, those with names first.
std::vector<VARIANT *> in_order(const DISPPARAMS &given, bool put) {
    UINT named = given.cNamedArgs - (put ? 1 : 0);
    std::vector<VARIANT *> found;
    for (UINT index = given.cArgs; index-- > given.cNamedArgs;)
        found.push_back(&given.rgvarg[index]);
    for (UINT index = 0, seen = 0; seen < named && index < given.cNamedArgs; ++index) {
        DISPID place = given.rgdispidNamedArgs[index];
        if (place == DISPID_PROPERTYPUT)
            continue;
        if (place < 0 || place > 99)
            throw Wrong(DISP_E_PARAMNOTFOUND);
        if (found.size() <= static_cast<size_t>(place))
            found.resize(place + 1);
        found[place] = &given.rgvarg[index];
        ++seen;
    }
    for (VARIANT *one : found)
        if (!one)
            throw Wrong(DISP_E_PARAMNOTOPTIONAL);
    return found;
}

} // namespace

HRESULT tell(const Failure &failure, REFIID iid) {
    ICreateErrorInfo *making;
    if (FAILED(CreateErrorInfo(&making)))
        return failure.code;
    making->SetGUID(iid);
    making->SetSource(const_cast<LPOLESTR>(failure.source.c_str()));
    making->SetDescription(const_cast<LPOLESTR>(failure.text.c_str()));
    IErrorInfo *made;
    if (SUCCEEDED(making->QueryInterface(IID_IErrorInfo, reinterpret_cast<void **>(&made)))) {
        SetErrorInfo(0, made);
        made->Release();
    }
    making->Release();
    return failure.code;
}

const Member *Class::named(std::wstring_view wanted) const {
    for (unsigned index = 0; index < count; ++index)
        if (same(members[index].name, wanted))
            return &members[index];
    return nullptr;
}

const Member *Class::numbered(DISPID dispid) const {
    for (unsigned index = 0; index < count; ++index)
        if (members[index].dispid == dispid)
            return &members[index];
    return nullptr;
}

const Class *class_named(std::wstring_view name) {
    for (unsigned index = 0; index < class_count; ++index)
        if (name == classes[index].name)
            return &classes[index];
    return nullptr;
}

Object::Object(const Class &kind, Session *session, long long handle) : vtable(kind.vtable), description(kind), session(session), handle(handle) {
    InterlockedIncrement(&living);
}

Object::~Object() {
    if (marshaler)
        marshaler->Release();
    session->leave(handle);
    InterlockedDecrement(&living);
}

Object *Object::create(const Class &kind) {
    Session *session = Session::enter();
    long long handle = 0;
    try {
        std::string params = "\"progid\":";
        json::write(params, L"hMailServer." + std::wstring(kind.name));
        handle = session->request("com.create", params)[L"v"][L"h"].whole();
    } catch (const Failure &) {
        session->leave(0);
        throw;
    }
    return new Object(kind, session, handle);
}

HRESULT Object::query(REFIID iid, void **found) {
    if (!found)
        return E_POINTER;
    *found = nullptr;
    if (iid == IID_IUnknown || iid == IID_IDispatch || iid == description.iid)
        *found = this;
    else if (iid == IID_ISupportErrorInfo)
        *found = static_cast<ISupportErrorInfo *>(&sides);
    else if (iid == IID_IProvideClassInfo)
        *found = static_cast<IProvideClassInfo *>(&sides);
    else if (iid == IID_IMarshal) {
        Turn held(marshaling);
        if (!marshaler && FAILED(CoCreateFreeThreadedMarshaler(dispatch(), &marshaler)))
            return E_NOINTERFACE;
        return marshaler->QueryInterface(iid, found);
    }
    if (!*found)
        return E_NOINTERFACE;
    add();
    return S_OK;
}

ULONG Object::add() { return static_cast<ULONG>(InterlockedIncrement(&references)); }

ULONG Object::release() {
    LONG left = InterlockedDecrement(&references);
    if (!left)
        delete this;
    return static_cast<ULONG>(left);
}

HRESULT Object::type_info(UINT number, ITypeInfo **found) {
    if (!found)
        return E_POINTER;
    *found = nullptr;
    if (number)
        return DISP_E_BADINDEX;
    ITypeLib *library;
    HRESULT code = type_library(&library);
    if (FAILED(code))
        return code;
    code = library->GetTypeInfoOfGuid(description.iid, found);
    library->Release();
    return code;
}

HRESULT Object::ids(LPOLESTR *names, UINT count, DISPID *found) {
    if (!names || !found || !count)
        return E_INVALIDARG;
    for (UINT index = 0; index < count; ++index)
        found[index] = DISPID_UNKNOWN;
    const Member *member = description.named(names[0]);
    if (!member && same(names[0], L"_NewEnum") && description.is_collection())
        return found[0] = DISPID_NEWENUM, count == 1 ? S_OK : DISP_E_UNKNOWNNAME;
    if (!member)
        return DISP_E_UNKNOWNNAME;
    found[0] = member->dispid;
    HRESULT code = S_OK;
    for (UINT index = 1; index < count; ++index)
        if ((found[index] = parameter(*member, names[index])) < 0)
            code = DISP_E_UNKNOWNNAME;
    return code;
}

json::Value Object::ask(const char *method, const Member &member, const std::string &arguments) {
    std::string params = "\"o\":";
    json::write(params, handle);
    params += ",\"m\":";
    json::write(params, std::wstring_view(member.name));
    if (!arguments.empty())
        params += ",\"a\":[" + arguments + ']';
    return session->request(method, params);
}

void Object::made(VARIANT &found, const json::Value &value, const wchar_t *wanted) {
    found.vt = VT_DISPATCH;
    found.pdispVal = nullptr;
    if (value.kind == json::Kind::Null)
        return;
    const std::wstring &name = value[L"c"].text;
    const Class *kind = class_named(name);
    if (!kind || (*wanted && name != wanted)) // a vtable of another class would be called at wrong places
        throw Failure{E_NOINTERFACE, L"The server gave an object of an unexpected class: " + name + L"."};
    session->join();
    found.pdispVal = (new Object(*kind, session, value[L"h"].whole()))->dispatch();
}

void Object::taken(VARIANT &found, char letter, const json::Value &value, const wchar_t *wanted) {
    if (letter == 'O' || (letter == 'V' && value.kind == json::Kind::Pairs && value[L"$t"].text == L"obj"))
        made(found, value, wanted);
    else
        read_value(found, letter, value);
}

HRESULT Object::direct(unsigned place, const void *const *arguments) {
    const Member &member = description.members[place / 2];
    bool put = place % 2;
    try {
        std::string given;
        size_t index = 0;
        for (const char *letter = member.takes; *letter; ++letter, ++index) {
            if (is_out(*letter))
                continue;
            separate(given);
            write_argument(given, *letter, arguments[index]);
        }
        if (put) {
            separate(given);
            write_argument(given, member.gives, arguments[index]);
            ask("com.put", member, given);
        } else
            give_back(member, arguments, ask(member.method ? "com.call" : "com.get", member, given));
        return S_OK;
    } catch (const Failure &failure) {
        return tell(failure, description.iid);
    } catch (const std::exception &) {
        return E_OUTOFMEMORY;
    }
}

/// Gives what a call told to the pointers in its caller's frame; a caller that passes none is told so after the call, as by the original.
void Object::give_back(const Member &member, const void *const *arguments, const json::Value &told) {
    size_t index = 0;
    for (const char *letter = member.takes; *letter; ++letter, ++index) {
        void *target = is_out(*letter) ? *static_cast<void *const *>(arguments[index]) : nullptr;
        if (!target)
            continue;
        Variant value;
        read_value(value, *letter, told[L"out"][parameter_name(member, index)]);
        give(target, *letter, value);
    }
    if (!member.gives)
        return;
    void *target = *static_cast<void *const *>(arguments[index]);
    if (!target)
        throw Failure{E_POINTER, L"There is no place for the value."};
    Variant value;
    taken(value, member.gives, told[L"v"], member.made);
    give(target, member.gives, value);
}

HRESULT Object::invoke(DISPID dispid, WORD flags, DISPPARAMS *given, VARIANT *result, EXCEPINFO *told, UINT *bad) {
    if (bad)
        *bad = 0;
    if (result)
        VariantInit(result);
    if (!given)
        return E_INVALIDARG;
    try {
        if (dispid == DISPID_NEWENUM && description.is_collection())
            return enumeration(result), S_OK;
        const Member *member = description.numbered(dispid);
        if (!member)
            return DISP_E_MEMBERNOTFOUND;
        invoked(*member, flags, *given, result);
        return S_OK;
    } catch (const Failure &failure) {
        return tell(failure, told);
    } catch (const std::exception &) {
        return E_OUTOFMEMORY;
    }
}

void Object::invoked(const Member &member, WORD flags, DISPPARAMS &given, VARIANT *result) {
    if (!(flags & (DISPATCH_PROPERTYPUT | DISPATCH_PROPERTYPUTREF))) {
        if (member.method && !(flags & DISPATCH_METHOD))
            throw Wrong(DISP_E_MEMBERNOTFOUND);
        std::vector<VARIANT *> arguments = in_order(given, false);
        return called(member, arguments, result);
    }
    if (!member.writable)
        throw Wrong(DISP_E_MEMBERNOTFOUND);
    if (!given.cArgs)
        throw Wrong(DISP_E_BADPARAMCOUNT);
    std::string values;
    for (VARIANT *one : in_order(given, given.cNamedArgs > 0)) {
        separate(values);
        write_variant(values, *one);
    }
    if (given.cNamedArgs) { // the value is the one that DISPID_PROPERTYPUT names, the first of all
        separate(values);
        write_variant(values, given.rgvarg[0]);
    }
    ask("com.put", member, values);
}

void Object::called(const Member &member, std::vector<VARIANT *> &arguments, VARIANT *result) {
    std::string given, takes = member.takes;
    std::vector<size_t> outs;
    for (size_t index = 0; index < arguments.size(); ++index) {
        if (index < takes.size() && is_out(takes[index])) {
            outs.push_back(index);
            continue;
        }
        separate(given);
        write_variant(given, *arguments[index]);
    }
    json::Value told = ask("com.invoke", member, given);
    for (size_t index : outs) {
        Variant value;
        read_value(value, takes[index], told[L"out"][parameter_name(member, index)]);
        give_reference(*arguments[index], value);
    }
    if (!result || !member.gives)
        return;
    Variant value;
    bool further = arguments.size() > takes.size(); // the rest went to the default member of the object that it gives
    taken(value, further ? 'V' : member.gives, told[L"v"]);
    if (value.vt == VT_I8) // scripts have no such type
        VariantChangeType(&value, &value, 0, value.llVal == static_cast<LONG>(value.llVal) ? VT_I4 : VT_R8);
    value.to(result);
}

void Object::enumeration(VARIANT *result) {
    if (!result)
        return;
    result->punkVal = new Enumeration(*this);
    result->vt = VT_UNKNOWN;
}

std::vector<IDispatch *> Object::items(long start, long count) {
    std::string params = "\"o\":";
    json::write(params, handle);
    params += ",\"start\":";
    json::write(params, static_cast<long long>(start));
    params += ",\"count\":";
    json::write(params, static_cast<long long>(count));
    json::Value told = session->request("com.items", params);
    std::vector<IDispatch *> found;
    try {
        for (const json::Value &row : told[L"v"].items) {
            VARIANT item;
            if (row.items.empty())
                continue;
            made(item, row.items[0], L"");
            if (item.pdispVal)
                found.push_back(item.pdispVal);
        }
    } catch (const Failure &) {
        for (IDispatch *one : found)
            one->Release();
        throw;
    }
    return found;
}

HRESULT STDMETHODCALLTYPE dispatch_query(Object *self, REFIID iid, void **found) { return self->query(iid, found); }

ULONG STDMETHODCALLTYPE dispatch_add(Object *self) { return self->add(); }

ULONG STDMETHODCALLTYPE dispatch_release(Object *self) { return self->release(); }

HRESULT STDMETHODCALLTYPE dispatch_count(Object *, UINT *found) {
    if (!found)
        return E_POINTER;
    *found = 1;
    return S_OK;
}

HRESULT STDMETHODCALLTYPE dispatch_type(Object *self, UINT number, LCID, ITypeInfo **found) { return self->type_info(number, found); }

HRESULT STDMETHODCALLTYPE dispatch_ids(Object *self, REFIID, LPOLESTR *names, UINT count, LCID, DISPID *found) { return self->ids(names, count, found); }

HRESULT STDMETHODCALLTYPE dispatch_invoke(Object *self, DISPID dispid, REFIID, LCID, WORD flags, DISPPARAMS *given, VARIANT *result, EXCEPINFO *told,
                                          UINT *bad) {
    return self->invoke(dispid, flags, given, result, told, bad);
}

HRESULT Sides::QueryInterface(REFIID iid, void **found) { return owner.query(iid, found); }

ULONG Sides::AddRef() { return owner.add(); }

ULONG Sides::Release() { return owner.release(); }

HRESULT Sides::InterfaceSupportsErrorInfo(REFIID iid) { return iid == owner.kind().iid ? S_OK : S_FALSE; }

HRESULT Sides::GetClassInfo(ITypeInfo **found) {
    if (!found)
        return E_POINTER;
    *found = nullptr;
    ITypeLib *library;
    HRESULT code = type_library(&library);
    if (FAILED(code))
        return code;
    code = library->GetTypeInfoOfGuid(owner.kind().clsid, found);
    library->Release();
    return code;
}
