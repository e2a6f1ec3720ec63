// What For Each walks along: a collection's items, fetched some at a time.
#pragma once
#include "object.h"

class Enumeration final : public IEnumVARIANT {
public:
    explicit Enumeration(Object &collection, long start = 0);
    STDMETHODIMP QueryInterface(REFIID iid, void **found) override;
    STDMETHODIMP_(ULONG) AddRef() override;
    STDMETHODIMP_(ULONG) Release() override;
    STDMETHODIMP Next(ULONG count, VARIANT *items, ULONG *fetched) override;
    STDMETHODIMP Skip(ULONG count) override;
    STDMETHODIMP Reset() override;
    STDMETHODIMP Clone(IEnumVARIANT **found) override;

private:
    ~Enumeration();
    IDispatch *item();
    void drop();

    Object &collection;
    long at;
    SRWLOCK turn = SRWLOCK_INIT;
    std::vector<IDispatch *> fetched; // backwards: the next one stands last
    LONG references = 1;
};
