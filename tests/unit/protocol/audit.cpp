// A trail that somebody changed is found out, wherever and however little.
#include "crypto/protocol/audit.hpp"

#include <catch2/catch.hpp>

#include "crypto/http_signature.hpp"
#include "crypto/jws.hpp"
#include "crypto/protocol/trail_actions.hpp"

using namespace protocol;

namespace {

const day monday = day::parse("2026-11-16").value();
const std::int64_t noon = std::int64_t{monday.number} * 86400 + 43200;
constexpr const char* report = "2ef253b4-fefb-4e4f-b5da-6c0c86d044a4";

// A desk with an officer and a lead, and the trail of what they did.
struct desk {
    crypto::sign_keys officer = crypto::sign_keys::random(), lead = crypto::sign_keys::random();
    std::string lid = crypto::uuid::random().text();
    std::string lead_id = "beheerder:" + crypto::kid(lead.public_key);
    trail_signers signers{{lid, {officer.public_key}}, {lead_id, {lead.public_key}}};
    std::vector<std::string> lines;
    trail_head head;

    static trail_entry entry(const crypto::sign_keys& by, const std::string& keyid, const std::string& who,
                             std::string_view method, const std::string& path, std::string_view code,
                             const std::string& object) {
        crypto::signed_message message{std::string(method), "localhost:8443", path, "?", {}};
        if (method != "GET") message.fields.emplace_back("content-digest", crypto::content_digest({}));
        const auto made = crypto::sign_request(message, by, keyid, noon, {});
        return {monday, who,       std::string(code),
                object, made.base, crypto::sign(crypto::as_bytes(made.base), by)};
    }
    trail_entry of(action what, const std::string& object = {}) const {
        const auto& form = form_of(what);
        auto path = "/v1/loketten/rotterdam" + std::string(form.path);
        if (const auto at = path.find("{id}"); at != std::string::npos)
            path.replace(at, 4, object.substr(0, object.find(' ')));
        return entry(officer, "lid:" + lid, lid, form.method, path, form.code, object);
    }
    static trail_entry by_clock(action what, const std::string& object) {
        const auto& form = form_of(what);
        return {monday, std::string(form.clock), std::string(form.code), object, "waarom: daarom", {}};
    }
    void add(const trail_entry& one) {
        lines.push_back(write_line(one, head));
        head = head_of(head.regel + 1, lines.back());
    }
    // Lines written again from their entries on, as a server can that holds no officer's key.
    void rewrite(std::size_t at, const trail_entry& one) {
        auto kept = std::move(lines);
        lines.clear();
        head = {};
        for (std::size_t i = 0; i < kept.size(); ++i) add(i == at ? one : parse_line(kept[i]).value());
    }
    void fill() {
        add(entry(lead, lead_id, lead_id, "POST", "/v1/loketten/rotterdam/standen", "stand-ingediend", {}));
        add(of(action::keys_fetched));
        add(of(action::report_fetched, report));
        add(of(action::report_opened, report));
        add(of(action::report_changed, std::string(report) + " status=afgesloten"));
        add(by_clock(action::report_destroyed, report));
        add({monday, "loket:amsterdam", "melding-vernietigd", report, "loket: amsterdam\nregel: 9", {}});
    }
    std::vector<audit_fault> judged(const std::vector<std::string>& some, const trail_head& seen) const {
        audit out("rotterdam", signers);
        out.expect(seen, "this test");
        for (const auto& line : some) out.take(line);
        return out.finish();
    }
    std::vector<audit_fault> judged() const { return judged(lines, {}); }
};

bool says(const std::vector<audit_fault>& faults, std::int64_t line, std::string_view words) {
    for (const auto& one : faults)
        if (one.regel == line && one.sentence.find(words) != std::string::npos) return true;
    for (const auto& one : faults) UNSCOPED_INFO(one.sentence);
    return false;
}

}  // namespace

TEST_CASE("a trail as it was written has no fault") {
    desk at;
    at.fill();
    CHECK(at.judged(at.lines, at.head).empty());
}

TEST_CASE("every changed byte of a trail is found, and named by its line or the next") {
    desk at;
    at.fill();
    for (std::size_t i = 0; i < at.lines.size(); ++i)
        for (std::size_t byte = 0; byte < at.lines[i].size(); ++byte) {
            auto changed = at.lines;
            changed[i][byte] = static_cast<char>(changed[i][byte] ^ 1);
            const auto faults = at.judged(changed, at.head);
            REQUIRE_FALSE(faults.empty());
            const auto line = static_cast<std::int64_t>(i + 1);
            CHECK((faults[0].regel == line || faults[0].regel == line + 1));
        }
}

TEST_CASE("every inserted and every removed byte is found") {
    desk at;
    at.fill();
    for (std::size_t i = 0; i < at.lines.size(); ++i)
        for (std::size_t byte = 0; byte <= at.lines[i].size(); ++byte) {
            auto longer = at.lines, shorter = at.lines;
            longer[i].insert(byte, 1, ' ');
            CHECK_FALSE(at.judged(longer, at.head).empty());
            if (byte == at.lines[i].size()) continue;
            shorter[i].erase(byte, 1);
            CHECK_FALSE(at.judged(shorter, at.head).empty());
        }
}

TEST_CASE("lines removed, moved, doubled or cut off are found") {
    desk at;
    at.fill();
    for (std::size_t i = 0; i < at.lines.size(); ++i) {
        auto some = at.lines;
        some.erase(some.begin() + static_cast<std::ptrdiff_t>(i));
        CHECK_FALSE(at.judged(some, at.head).empty());
        auto doubled = at.lines;
        doubled.insert(doubled.begin() + static_cast<std::ptrdiff_t>(i), at.lines[i]);
        CHECK_FALSE(at.judged(doubled, at.head).empty());
        if (i == 0) continue;
        auto moved = at.lines;
        std::swap(moved[i], moved[i - 1]);
        CHECK_FALSE(at.judged(moved, at.head).empty());
    }
    auto cut = at.lines;
    cut.pop_back();
    CHECK(at.judged(cut, {}).empty());  // nobody saw that there was more
    CHECK(says(at.judged(cut, at.head), 7, "missing, though this test saw it"));
    CHECK(says(at.judged({}, at.head), 7, "cut off"));
}

TEST_CASE("a server that writes its own chain anew cannot make an officer's line say something else") {
    desk at;
    at.fill();
    const auto line = [&](std::size_t i) { return parse_line(at.lines[i]).value(); };
    const auto told = [&](std::size_t i, const trail_entry& one, std::string_view words) {
        desk changed = {};
        changed.signers = at.signers;
        changed.lines = at.lines;
        changed.rewrite(i, one);
        return says(changed.judged(), static_cast<std::int64_t>(i + 1), words);
    };
    trail_entry one = line(2);
    one.object = crypto::uuid::random().text();
    CHECK(told(2, one, "but what was signed is GET"));
    one = line(2);
    one.handeling = "melding-geopend";
    CHECK(told(2, one, "but what was signed is GET"));
    one = line(2);
    one.handeling = "iets-anders";
    CHECK(told(2, one, "does not know"));
    one = line(2);
    one.dag = monday + 2;
    CHECK(told(2, one, "was signed on 2026-11-16"));
    one = line(2);
    one.lid = crypto::uuid::random().text();
    CHECK(told(2, one, "never was a member"));
    one = line(2);
    one.lid = at.lead_id;
    CHECK(told(2, one, "but was signed as lid:"));
    one = line(2);
    one.signature[5] ^= 1;
    CHECK(told(2, one, "does not bear the signature"));
    one = line(2);
    one.signature_base.replace(one.signature_base.find("8443"), 4, "8444");
    CHECK(told(2, one, "does not bear the signature"));
    one = line(2);
    one.signature_base = "nothing";
    CHECK(told(2, one, "no request that was signed"));
    one = line(2);
    one.lid = "bewaartermijn";
    CHECK(told(2, one, "but was signed as"));
    one = line(5);
    one.signature[0] = 1;
    CHECK(told(5, one, "nobody signs"));
    one = line(5);
    one.handeling = "sleutels-opgehaald";
    CHECK(told(5, one, "no request that was signed"));
    one = line(6);
    one.handeling = "melding-geopend";
    CHECK(told(6, one, "cannot do here"));
    one = line(5);
    one.handeling = "achtervang-vrijgegeven";
    CHECK(told(5, one, "only the clock"));
}

TEST_CASE("a request that was made once does not stand twice, also in a chain written anew") {
    desk at;
    at.fill();
    at.add(parse_line(at.lines[2]).value());
    const auto faults = at.judged();
    REQUIRE(faults.size() == 1);
    CHECK(says(faults, 8, "repeats what was signed for line 3"));
}

TEST_CASE("a request to another desk, or by another method, is no line of this one") {
    desk at;
    at.add(desk::entry(at.officer, "lid:" + at.lid, at.lid, "GET", "/v1/loketten/amsterdam/leden",
                       "leden-opgehaald", {}));
    at.add(desk::entry(at.officer, "lid:" + at.lid, at.lid, "POST", "/v1/loketten/rotterdam/leden",
                       "leden-opgehaald", {}));
    CHECK(says(at.judged(), 1, "GET /v1/loketten/amsterdam/leden"));
    CHECK(says(at.judged(), 2, "POST /v1/loketten/rotterdam/leden"));
}

TEST_CASE("what was refused is told as refused") {
    desk at;
    auto refused = at.of(action::report_destroyed, report);
    refused.object = std::string(report) + " geweigerd=404";
    at.add(refused);
    const std::string path = "/v1/loketten/rotterdam/meldingen/";
    at.add(desk::entry(at.officer, "lid:" + at.lid, at.lid, "DELETE", path + "no-id", "melding-vernietigd",
                       "geweigerd=404"));
    auto seen =
        desk::entry(at.officer, "lid:" + at.lid, at.lid, "HEAD", path + report, "melding-opgehaald", report);
    at.add(seen);
    CHECK(at.judged().empty());
    at.add(desk::entry(at.officer, "lid:" + at.lid, at.lid, "GET", path + report, "melding-opgehaald",
                       "geweigerd=404"));  // a fetch that happened
    CHECK(says(at.judged(), 4, "what was signed is GET"));
    at.lines.pop_back();
    at.head = head_of(3, at.lines.back());
    at.add(desk::entry(at.officer, "lid:" + at.lid, at.lid, "DELETE", "/v1/loketten/amsterdam/meldingen/x",
                       "melding-vernietigd", "geweigerd=404"));
    CHECK(says(at.judged(), 4, "amsterdam"));
}

TEST_CASE("a person who changed keys signs with any of them") {
    desk at;
    const auto fresh = crypto::sign_keys::random();
    at.fill();
    at.signers.at(at.lid).insert(at.signers.at(at.lid).begin(), fresh.public_key);
    CHECK(at.judged().empty());
}

TEST_CASE("every action has one form, found by its code") {
    for (const auto& form : action_forms()) {
        CHECK(form_of(form.code) == &form);
        CHECK(&form_of(form.action) == &form);
        CHECK((!form.method.empty() || !form.clock.empty()));
    }
    CHECK(form_of("iets-anders") == nullptr);
}

TEST_CASE("an order to destroy, its confirmation and its end by time stand in a trail that has no fault") {
    desk at;
    at.add(at.of(action::destruction_ordered, std::string(report) + " reden=misbruik"));
    at.add(at.of(action::destruction_undone, report));
    at.add(at.of(action::key_given_up, std::string(report) + " reden=afgerond"));
    at.add({monday, std::string(order_term), "melding-vernietigd", report, "opgedragen door: x", {}});
    at.add({monday, "loket:amsterdam", "vernietiging-opgedragen", report, "regel=9, hash=x", {}});
    // Requests of this test are alike: what is signed twice is told by other tests.
    for (const auto& fault : at.judged()) CHECK(fault.sentence.find("repeats") != std::string::npos);
    // An order does not come by itself, and taking one back stands at the desk that did it alone.
    at.add({monday, std::string(order_term), "vernietiging-opgedragen", report, "x", {}});
    CHECK(says(at.judged(), 6, "holds no request"));
    at.add({monday, "loket:amsterdam", "vernietiging-teruggenomen", report, "x", {}});
    CHECK(says(at.judged(), 7, "cannot do here"));
}
