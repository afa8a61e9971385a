// The daily head of a trail: signed with the log key and nothing else, and every bound of its members.
#include "crypto/protocol/daily_head.hpp"

#include <catch2/catch.hpp>

#include "crypto/hash.hpp"
#include "crypto/jws.hpp"

using protocol::daily_head;
using protocol::errc;

namespace {

daily_head sample() {
    daily_head out;
    out.loket = "rotterdam";
    out.datum = *protocol::day::parse("2026-11-21");
    out.head = {17, crypto::hash_text(crypto::as_bytes("a line"))};
    return out;
}

}  // namespace

TEST_CASE("a daily head comes back as it was signed") {
    auto key = crypto::sign_keys::random();
    auto head = sample();
    protocol::sign_document(head, key);
    auto read = protocol::read_daily_head(head.token, key.public_key);
    REQUIRE(read);
    CHECK(read->loket == "rotterdam");
    CHECK(read->datum.text() == "2026-11-21");
    CHECK(read->head == head.head);
    CHECK(read->hash == head.hash);
}

TEST_CASE("only the log key signs a daily head") {
    auto head = sample();
    protocol::sign_document(head, crypto::sign_keys::random());
    auto other = crypto::sign_keys::random();
    CHECK(protocol::read_daily_head(head.token, other.public_key).error() == errc::bad_signature);
    auto stand = crypto::sign_jws(protocol::typ_stand, "{}", other);
    CHECK(protocol::read_daily_head(stand, other.public_key).error() == errc::bad_signature);
}

TEST_CASE("a daily head out of its bounds counts for nothing") {
    auto key = crypto::sign_keys::random();
    for (auto change :
         {+[](daily_head& h) { h.head.regel = 0; }, +[](daily_head& h) { h.head.hash = "kort"; },
          +[](daily_head& h) { h.loket = "Met Spatie"; }, +[](daily_head& h) { h.head.hash.clear(); }}) {
        auto head = sample();
        change(head);
        protocol::sign_document(head, key);
        CHECK(protocol::read_daily_head(head.token, key.public_key).error() == errc::bad_document);
    }
}
