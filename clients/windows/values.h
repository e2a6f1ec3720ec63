// Values between COM and the protocol. A letter names a type: S BSTR, L long or enumeration, H hyper, B VARIANT_BOOL, F float, V VARIANT,
// O object; small letters are out-parameters.
#pragma once
#include "session.h"

#include <ole2.h>
#include <ocidl.h>
#include <oleauto.h>

/// A VARIANT that is cleared at the end of its block.
struct Variant : VARIANT {
    Variant() { VariantInit(this); }
    ~Variant() { VariantClear(this); }
    Variant(const Variant &) = delete;
    /// Gives the value away.
    void to(VARIANT *target) {
        *target = *this;
        vt = VT_EMPTY;
    }
};

/// Writes the argument that a pointer into a caller's frame points to.
void write_argument(std::string &to, char letter, const void *argument);
/// Writes a VARIANT; throws Failure where no type of the protocol is like it.
void write_variant(std::string &to, const VARIANT &value);

/// Makes a VARIANT of a plain value, as its letter wants it; objects are not made here.
void read_value(VARIANT &found, char letter, const json::Value &value);
/// Gives a VARIANT away to where a caller's pointer points, as its letter wants it.
void give(void *target, char letter, Variant &value);
/// Gives a VARIANT away to an argument by reference, as a late-bound caller hands it over.
void give_reference(VARIANT &target, Variant &value);

BSTR make_text(const std::wstring &text);
