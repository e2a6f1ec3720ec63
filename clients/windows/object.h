// An object of the server as COM sees it: one kind of object serves all classes, each with the vtable and the names of its tables.
#pragma once
#include "values.h"

/// A member of a class. `gives` and `takes` are letters of values.h; `made` is the class of an object that it gives; `names` those of what it takes.
struct Member {
    const wchar_t *name;
    DISPID dispid;
    bool method, writable;
    char gives;
    const wchar_t *made;
    const char *takes;
    const wchar_t *names;
};

/// A class: its identifiers, its vtable, its members by dispid.
struct Class {
    const wchar_t *name;
    CLSID clsid;
    IID iid;
    const void *const *vtable;
    const Member *members;
    unsigned count;

    const Member *named(std::wstring_view name) const;
    const Member *numbered(DISPID dispid) const;
    bool is_collection() const { return named(L"Count") && named(L"Item"); }
};

extern const Class classes[];
extern const unsigned class_count;
const Class *class_named(std::wstring_view name);

/// Objects and locks that keep the DLL in memory.
extern LONG living;

class Object;

/// What else an object is, beside its dual interface.
class Sides final : public ISupportErrorInfo, public IProvideClassInfo {
public:
    explicit Sides(Object &owner) : owner(owner) {}
    STDMETHODIMP QueryInterface(REFIID iid, void **found) override;
    STDMETHODIMP_(ULONG) AddRef() override;
    STDMETHODIMP_(ULONG) Release() override;
    STDMETHODIMP InterfaceSupportsErrorInfo(REFIID iid) override;
    STDMETHODIMP GetClassInfo(ITypeInfo **found) override;

private:
    Object &owner;
};

/// An object of the server. Its first word is the vtable of its dual interface, as COM wants it.
class Object {
public:
    /// Makes one alone, by its ProgID; throws Failure.
    static Object *create(const Class &kind);

    HRESULT query(REFIID iid, void **found);
    ULONG add();
    ULONG release();
    HRESULT type_info(UINT number, ITypeInfo **found);
    HRESULT ids(LPOLESTR *names, UINT count, DISPID *found);
    HRESULT invoke(DISPID dispid, WORD flags, DISPPARAMS *given, VARIANT *result, EXCEPINFO *told, UINT *bad);
    /// Carries out a call by vtable: `place` is twice the member's number, and one more where a property is written.
    HRESULT direct(unsigned place, const void *const *arguments);

    IDispatch *dispatch() { return reinterpret_cast<IDispatch *>(this); }
    const Class &kind() const { return description; }
    /// Gives `count` of a collection's items from `start` on; throws Failure.
    std::vector<IDispatch *> items(long start, long count);

private:
    Object(const Class &kind, Session *session, long long handle);
    ~Object();
    json::Value ask(const char *method, const Member &member, const std::string &arguments);
    void made(VARIANT &found, const json::Value &value, const wchar_t *wanted);
    void taken(VARIANT &found, char letter, const json::Value &value, const wchar_t *wanted = L"");
    void called(const Member &member, std::vector<VARIANT *> &arguments, VARIANT *result);
    void invoked(const Member &member, WORD flags, DISPPARAMS &given, VARIANT *result);
    void enumeration(VARIANT *result);
    void give_back(const Member &member, const void *const *arguments, const json::Value &told);

    const void *const *vtable;
    const Class &description;
    Session *session;
    long long handle;
    LONG references = 1;
    SRWLOCK marshaling = SRWLOCK_INIT;
    IUnknown *marshaler = nullptr;
    Sides sides{*this};
};

/// The type library inside this DLL.
HRESULT type_library(ITypeLib **found);

/// Tells of a failure as vtable callers expect it, by IErrorInfo; gives its code.
HRESULT tell(const Failure &failure, REFIID iid);

// What the tables are made of: IDispatch's seven places, the same for each class, and a place for each member.
HRESULT STDMETHODCALLTYPE dispatch_query(Object *self, REFIID iid, void **found);
ULONG STDMETHODCALLTYPE dispatch_add(Object *self);
ULONG STDMETHODCALLTYPE dispatch_release(Object *self);
HRESULT STDMETHODCALLTYPE dispatch_count(Object *self, UINT *found);
HRESULT STDMETHODCALLTYPE dispatch_type(Object *self, UINT number, LCID locale, ITypeInfo **found);
HRESULT STDMETHODCALLTYPE dispatch_ids(Object *self, REFIID iid, LPOLESTR *names, UINT count, LCID locale, DISPID *found);
HRESULT STDMETHODCALLTYPE dispatch_invoke(Object *self, DISPID dispid, REFIID iid, LCID locale, WORD flags, DISPPARAMS *given, VARIANT *result,
                                          EXCEPINFO *told, UINT *bad);

template <unsigned place, class... Given> HRESULT STDMETHODCALLTYPE call(Object *self, Given... given) {
    const void *arguments[] = {&given..., nullptr};
    return self->direct(place, arguments);
}

template <unsigned place, class... Given> constexpr auto slot = &call<place, Given...>;

#define PLACE(function) reinterpret_cast<const void *>(function)
#define DISPATCH \
    PLACE(dispatch_query), PLACE(dispatch_add), PLACE(dispatch_release), PLACE(dispatch_count), PLACE(dispatch_type), PLACE(dispatch_ids), \
        PLACE(dispatch_invoke)
#define SLOT(...) PLACE((slot<__VA_ARGS__>))
