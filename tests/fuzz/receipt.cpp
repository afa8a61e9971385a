// Anything a person could paste as a receipt: it is refused, or it is 24 digits that read back as themselves
// however they are typed. Any 23 digits have one check digit.
#include "crypto/receipt.hpp"

#include <array>
#include <string>
#include <string_view>

#include "tests/fuzz/draws.hpp"
#include "tests/fuzz/target.hpp"

namespace {

using crypto::errc;
using crypto::receipt;

// One wrong digit, and two neighbours that changed places, are always noticed.
void mistype(std::string_view digits, std::size_t place) {
    std::string wrong(digits);
    auto& digit = wrong[place % 24];
    digit = digit == '9' ? '0' : static_cast<char>(digit + 1);
    must(receipt::parse(wrong).error() == errc::bad_check_digit);
    wrong = digits;
    auto &first = wrong[place % 23], &second = wrong[place % 23 + 1];
    if (first == second) return;
    std::swap(first, second);
    must(receipt::parse(wrong).error() == errc::bad_check_digit);
}

// The same digits as other hands write them, with what falls away between them.
std::string typed(std::string_view digits, draws& d) {
    static constexpr std::array<std::string_view, 8> between = {"",       " ",      "-",      "\u2013",
                                                                "\u200f", "\u00a0", "\ufeff", "\n"};
    static constexpr std::array<std::u8string_view, 4> zeros = {u8"0", u8"\u0660", u8"\u06f0", u8"\uff10"};
    std::string out;
    for (const char digit : digits) {
        const auto zero = zeros[d.next(4)];
        out.append(zero.begin(), zero.end());
        out.back() = static_cast<char>(out.back() + (digit - '0'));
        out += between[d.next(8)];
    }
    return out;
}

void judge(const receipt& parsed, draws d) {
    const auto digits = parsed.digits();
    must(digits.size() == 24 && digits.find_first_not_of("0123456789") == std::string_view::npos);
    const auto shown = parsed.groups();
    must(shown.size() == 29);
    for (const std::string& text : {std::string(shown.text()), typed(digits, d)}) {
        const auto again = receipt::parse(text);
        must(again && again->digits() == digits);
    }
    mistype(digits, d.rest.size());
    must(receipt::parse(std::string(digits) + "0").error() == errc::bad_receipt);
    must(receipt::parse(digits.substr(1)).error() == errc::bad_receipt);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    draws d{{data, size}};
    const auto parsed = receipt::parse(crypto::as_text(d.rest));
    if (parsed)
        judge(*parsed, d);
    else
        must(parsed.error() == errc::bad_receipt || parsed.error() == errc::bad_check_digit);

    std::string digits;
    for (int i = 0; i < 23; ++i) digits += static_cast<char>('0' + d.next(10));
    int right = 0;
    for (char check = '0'; check <= '9'; ++check)
        if (const auto one = receipt::parse(digits + check)) {
            ++right;
            judge(*one, d);
        }
    must(right == 1);
    crypto::seed seed;
    std::copy_n(data, std::min(size, std::size_t{32}), seed.span().begin());
    judge(receipt::from(seed), d);
    return 0;
}
