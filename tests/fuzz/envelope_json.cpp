// Any JSON object as a posted report: it has faults, each at a place and with a code, or it is within every
// bound and written again it is read as the same.
#include "crypto/protocol/envelope_json.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "crypto/protocol/documents.hpp"
#include "tests/fuzz/target.hpp"

namespace {

using namespace protocol;

constexpr std::string_view codes[] = {"vereist",        "type",         "lengte",     "formaat",
                                      "onbekende-code", "onbekend-lid", "te-veel",    "dubbel",
                                      "waarde",         "eerste",       "achtervang", "loket"};

void judge(const posted_report& read) {
    const auto& list = read.envelope.ontvangers;
    must(!list.empty() && list.size() <= 4 && read.bijlagen.size() <= 10);
    must(crypto::is_body_size(read.envelope.body.size()));
    std::set<std::string> desks;
    for (const auto& one : list) {
        must(is_desk_id(one.desk()) && desks.insert(one.voor).second);
        must(one.epoch && one.sealed_key.size() == crypto::sealed_key_size);
        must(one.rol == "eerste" || one.rol == "mede" || (one.rol == "achtervang" && read.spoed));
    }
    auto count = [&](std::string_view rol) {
        return std::count_if(list.begin(), list.end(), [&](auto& r) { return r.rol == rol; });
    };
    must(count("eerste") == 1 && count("achtervang") <= 1);
}

// A report that is right but for what the input puts in its place: the way past the body's length.
std::string around(std::string_view middle) {
    static const std::string body = crypto::b64u(crypto::bytes(4096, 1)),
                             key = crypto::b64u(crypto::bytes(96, 1));
    return R"({"id":"2ef253b4-fefb-4e4f-b5da-6c0c86d044a4","suite":"baken-1","body":")" + body + R"(",)" +
           R"("ontvangers":[{"voor":"loket:a","epoch":"2026-W47","sleutel":"AAAAAAAAAAA","rol":"eerste","sealedKey":")" +
           key + R"("}],)" + std::string(middle) + "}";
}

void take(std::string_view text) {
    const auto object = parse_object(text);
    if (!object) return;
    faults found;
    const auto read = read_posted_report(*object, found);
    for (const auto& fault : found) {
        must(fault.location.empty() || fault.location[0] == '/');
        must(std::find(std::begin(codes), std::end(codes), fault.code) != std::end(codes) &&
             !fault.detail.empty());
    }
    for (const auto& entry : *object)
        if (const auto* inner = entry.value().if_object()) {
            faults of_recipient;
            (void)read_recipient(*inner, "", of_recipient, unknown::ignore);
        }
    if (!found.empty()) return;
    judge(read);
    const auto written = write_posted_report(read);
    const std::size_t sizes[] = {8192, 24576, 90112, 352256};
    must(std::find(std::begin(sizes), std::end(sizes), written.size()) != std::end(sizes));
    const auto again = read_posted_report(parse_object(written).value(), found);
    must(found.empty() && write_posted_report(again) == written && again.envelope.id == read.envelope.id);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = crypto::as_text({data, size});
    take(text);
    take(around(text));
    take(around(R"("spoed":true,"bijlagen":[)" + std::string(text) + "]"));
    return 0;
}
