// What the registry holds of the classes, for a user or the machine, in the views of 64-bit and of 32-bit programs.
#pragma once
#include <string>
#include <windows.h>

extern HINSTANCE module;

/// Where this DLL lies.
std::wstring module_path();
/// Whether the machine's part of the registry may be written.
bool is_elevated();
HRESULT register_classes(bool machine);
HRESULT unregister_classes(bool machine);
