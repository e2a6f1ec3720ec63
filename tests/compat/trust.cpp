// Adds a certificate to those that the user trusts to sign others.
#include <cstdio>
#include <vector>
#include <windows.h>
#include <wincrypt.h>

int main(int, char **given) {
    FILE *file = fopen(given[1], "rb");
    if (!file)
        return 1;
    std::vector<BYTE> octets(65536);
    octets.resize(fread(octets.data(), 1, octets.size(), file));
    fclose(file);
    HCERTSTORE store = CertOpenStore(CERT_STORE_PROV_SYSTEM_W, 0, 0, CERT_SYSTEM_STORE_CURRENT_USER, L"Root");
    auto size = static_cast<DWORD>(octets.size());
    bool done = store && CertAddEncodedCertificateToStore(store, X509_ASN_ENCODING, octets.data(), size, CERT_STORE_ADD_REPLACE_EXISTING, nullptr);
    if (store)
        CertCloseStore(store, 0);
    return done ? 0 : 2;
}
