// Runs what handles secrets under valgrind, with every secret marked as undefined: memcheck then names each
// branch and each address that depends on one. The code is what the programs are linked with. As secp256k1's
// ctime_tests does.
//
//     valgrind --error-exitcode=99 constant_time secrets      0: nothing depends on a secret
//     … constant_time table | branch                          99: a fault planted here is seen
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <valgrind/memcheck.h>
#include <vector>

#include "crypto/base64url.hpp"
#include "crypto/encoding.hpp"
#include "crypto/hash.hpp"
#include "crypto/keys.hpp"
#include "crypto/plain.hpp"
#include "crypto/receipt.hpp"

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void hide(const void* at, std::size_t size) { VALGRIND_MAKE_MEM_UNDEFINED(at, size); }
// What everybody may know from here on: a result.
void show(const void* at, std::size_t size) { VALGRIND_MAKE_MEM_DEFINED(at, size); }

// Whether something of this is still marked: the check would see nothing otherwise.
bool hidden(const void* at, std::size_t size) {
    std::vector<std::uint8_t> marks(size);
    if (VALGRIND_GET_VBITS(at, marks.data(), size) != 1) return false;
    return std::ranges::any_of(marks, [](std::uint8_t one) { return one != 0; });
}

int failed(const char* what) {
    std::fprintf(stderr, "constant_time: %s\n", what);
    return 1;
}

// Every letter, every length of the last group, more than one round of the decoder's buffer.
int reads_base64url() {
    for (const std::size_t size : {1U, 32U, 33U, 34U, 1025U}) {
        auto secret = crypto::plain::random(size);
        hide(secret.view().data(), secret.size());
        auto text = crypto::b64u_plain(secret.view());
        crypto::plain out(crypto::decoded_room(text.text()));
        auto read = crypto::read_base64url(text.text(), out.span());
        if (!hidden(&read.faults, sizeof read.faults) || !hidden(out.view().data(), size))
            return failed("base64url: the mark was lost");
        show(&read.faults, sizeof read.faults);
        show(out.view().data(), out.size());
        show(secret.view().data(), secret.size());
        if (read.faults != 0 || read.size != size ||
            std::memcmp(out.view().data(), secret.view().data(), size) != 0)
            return failed("base64url: not what was written");
    }
    // What is no base64url at all.
    std::array<char, 256> any{};
    for (std::size_t i = 0; i < any.size(); ++i) any[i] = static_cast<char>(i);
    hide(any.data(), any.size());
    std::array<std::uint8_t, 256> out{};
    auto read = crypto::read_base64url({any.data(), any.size()}, out);
    show(&read.faults, sizeof read.faults);
    return read.faults == 0 ? failed("base64url: took what is none") : 0;
}

int draws_receipts() {
    for (int i = 0; i < 20; ++i) {
        auto seed = crypto::seed::random();
        hide(seed.view().data(), seed.view().size());
        const auto receipt = crypto::receipt::from(seed);
        const auto digits = receipt.digits();
        const auto groups = receipt.groups();
        if (!hidden(digits.data(), digits.size())) return failed("receipt: the mark was lost");
        show(digits.data(), digits.size());
        show(groups.view().data(), groups.size());
        if (!crypto::receipt::parse(groups.text())) return failed("receipt: not one that can be typed");
    }
    return 0;
}

// What a mailbox and a report's keys are made of.
int derives_keys() {
    auto seed = crypto::seed::random();
    hide(seed.view().data(), seed.view().size());
    const auto sign = crypto::sign_keys::from(seed);
    const auto box = crypto::box_keys::from(seed);
    if (!hidden(box.secret_key.view().data(), box.secret_key.view().size()))
        return failed("keys: the mark was lost");
    auto hash = crypto::blake2b_256(seed.view());
    show(hash.data(), hash.size());
    return sign.secret_key.view().empty() ? failed("keys: none") : 0;
}

// The planted faults: how base64url is read elsewhere.
int looks_up(char letter) {
    static std::array<std::uint8_t, 256> table{};
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        table[static_cast<std::uint8_t>(alphabet[i])] = static_cast<std::uint8_t>(i);
    volatile auto value = table[static_cast<std::uint8_t>(letter)];
    return value & 0;
}

int compares(const crypto::plain& secret) {
    volatile int same = std::memcmp(secret.view().data(), alphabet.data(), secret.size()) == 0 ? 1 : 0;
    return same & 0;
}

int planted(std::string_view what) {
    auto secret = crypto::plain::copy_of(alphabet.substr(0, 16));
    hide(secret.view().data(), secret.size());
    return what == "table" ? looks_up(secret.text()[7]) : compares(secret);
}

}  // namespace

int main(int count, char** arguments) {
    const std::string_view what = count == 2 ? arguments[1] : "";
    if (what != "secrets" && what != "table" && what != "branch")
        return failed("usage: constant_time secrets|table|branch"), 2;
    if (RUNNING_ON_VALGRIND == 0) return failed("it sees nothing outside valgrind"), 2;
    crypto::start();
    if (what != "secrets") return planted(what);
    for (const auto check : {reads_base64url, draws_receipts, derives_keys})
        if (const int status = check(); status != 0) return status;
    return 0;
}
