// Attachments: piece by piece in and out, one report's or nobody's, and gone when nobody claims them.
#include "tests/unit/store/samples.hpp"

using namespace samples;
using store::errc;

namespace {

struct uploads {
    scratch dir;
    std::string file = dir / "baken.db";
    std::unique_ptr<store::store> store = open(file);

    [[nodiscard]] std::expected<store::attachment, errc> add(const crypto::uuid& id, std::int64_t from,
                                                             std::size_t size, std::uint8_t fill) const {
        store::chunk piece;
        piece.from = from;
        piece.bytes = sealed(size, fill);
        return run_now(store->add_chunk(id, std::move(piece)));
    }
    // Whole, in pieces of this size.
    crypto::uuid whole(std::size_t pieces = 2, std::size_t size = 65553) const {
        const auto id = crypto::uuid::random();
        REQUIRE(run_now(store->begin_attachment(id, static_cast<std::int64_t>(pieces * size))));
        for (std::size_t i = 0; i < pieces; ++i)
            REQUIRE(add(id, static_cast<std::int64_t>(i * size), size, static_cast<std::uint8_t>(i)));
        return id;
    }
    std::expected<store::added_report, errc> report_with(std::vector<crypto::uuid> attachments,
                                                         crypto::uuid id = crypto::uuid::random()) const {
        auto sent = samples::report("rotterdam", id);
        sent.attachments = std::move(attachments);
        return run_now(store->add_report(std::move(sent)));
    }
    std::int64_t count(const std::string& what) const { return number(file, "SELECT count(*) FROM " + what); }
};

}  // namespace

TEST_CASE("an attachment comes out in the pieces in which it went in") {
    uploads at;
    const auto id = at.whole(3, 1000);
    const auto said = run_now(at.store->attachment_of(id)).value();
    CHECK(said.total == 3000);
    CHECK(said.size == 3000);
    CHECK_FALSE(said.claimed);
    struct row {
        std::int64_t at, from;
    };
    for (const auto& [byte, from] : {row{0, 0}, row{999, 0}, row{1000, 1000}, row{2999, 2000}}) {
        CAPTURE(byte);
        const auto piece = run_now(at.store->chunk_at(id, byte)).value();
        CHECK(piece.from == from);
        CHECK(piece.bytes.size() == 1000);
        CHECK(piece.bytes.view()[500] == from / 1000);
    }
    change(at.file, "UPDATE brokken SET hash = (SELECT hash FROM brokken WHERE van = 0) WHERE van > 0");
    int damaged = 0;
    for (std::int64_t byte : {0, 1000, 2000})
        if (auto piece = run_now(at.store->chunk_at(id, byte)); !piece)
            damaged += piece.error() == errc::damaged;
    CHECK(damaged == 2);
    CHECK(refusal(run_now(at.store->chunk_at(id, 3000))) == errc::not_found);
    CHECK(refusal(run_now(at.store->chunk_at(crypto::uuid::random(), 0))) == errc::not_found);
    CHECK(refusal(run_now(at.store->attachment_of(crypto::uuid::random()))) == errc::not_found);
}

TEST_CASE("an upload goes on where it broke off, and takes only what follows") {
    uploads at;
    const auto id = crypto::uuid::random();
    CHECK(run_now(at.store->begin_attachment(id, 2000)).value().size == 0);
    CHECK(at.add(id, 0, 1000, 1).value().size == 1000);
    CHECK(run_now(at.store->begin_attachment(id, 2000)).value().size == 1000);
    CHECK(refusal(run_now(at.store->begin_attachment(id, 3000))) == errc::id_taken);
    for (std::int64_t wrong : {0, 999, 1001}) CHECK(refusal(at.add(id, wrong, 10, 1)) == errc::wrong_offset);
    CHECK(refusal(at.add(id, 1000, 1001, 1)) == errc::wrong_offset);  // more than there is to come
    CHECK(refusal(at.add(id, 1000, 0, 1)) == errc::wrong_offset);
    CHECK(refusal(at.add(crypto::uuid::random(), 0, 10, 1)) == errc::not_found);
    CHECK(at.add(id, 1000, 1000, 2).value().size == 2000);
}

TEST_CASE("a report claims whole attachments that are nobody's, all of them or none") {
    uploads at;
    const auto first = at.whole(), second = at.whole(), half = crypto::uuid::random();
    REQUIRE(run_now(at.store->begin_attachment(half, 100)));
    const auto refused = crypto::uuid::random();
    CHECK(refusal(at.report_with({first, half}, refused)) == errc::attachment_missing);
    CHECK(refusal(at.report_with({first, crypto::uuid::random()}, refused)) == errc::attachment_missing);
    CHECK(refusal(at.report_with({first, first}, refused)) == errc::attachment_missing);
    CHECK(refusal(run_now(at.store->report("rotterdam", refused))) == errc::not_found);
    CHECK_FALSE(run_now(at.store->attachment_of(first)).value().claimed);

    const auto id = crypto::uuid::random();
    CHECK(at.report_with({second, first}, id).value().fresh);
    CHECK_FALSE(at.report_with({second, first}, id).value().fresh);  // a repeat
    const auto all = run_now(at.store->attachments(id)).value();
    REQUIRE(all.size() == 2);
    CHECK(all[0].id == second);
    CHECK(all[0].index == 0);
    CHECK(all[1].id == first);
    CHECK(all[1].index == 1);
    CHECK(refusal(at.report_with({first})) == errc::attachment_missing);
    CHECK(refusal(at.add(first, 131106, 1, 1)) == errc::id_taken);
    CHECK(refusal(run_now(at.store->begin_attachment(first, 131106))) == errc::id_taken);
}

TEST_CASE("what nobody claims goes after one to two hours; what is claimed or grows stays") {
    uploads at;
    const auto claimed = at.whole();
    REQUIRE(at.report_with({claimed}));
    const auto left = at.whole();
    const auto growing = crypto::uuid::random();
    REQUIRE(run_now(at.store->begin_attachment(growing, 100)));
    const auto round = run_now(at.store->sweep(-1)).value();
    CHECK(run_now(at.store->sweep(round)).value() == round + 1);
    CHECK(run_now(at.store->attachment_of(left)).has_value());
    // Another server swept in the meantime: nothing is counted twice.
    CHECK(run_now(at.store->sweep(round)).value() == round + 1);
    REQUIRE(at.add(growing, 0, 50, 1));
    CHECK(run_now(at.store->sweep(round + 1)).value() == round + 2);
    CHECK(refusal(run_now(at.store->attachment_of(left))) == errc::not_found);
    CHECK(run_now(at.store->attachment_of(growing)).has_value());
    CHECK(run_now(at.store->attachment_of(claimed)).has_value());
    CHECK(at.count("brokken") == 3);
}

TEST_CASE("attachments go with their report, and lie in no order of arrival after the night") {
    uploads at;
    std::vector<crypto::uuid> sent;
    for (int i = 0; i < 60; ++i) {
        sent.push_back(at.whole(2, 70));
        REQUIRE(at.report_with({sent.back()}));
    }
    const auto nobodys = at.whole(1, 10);
    REQUIRE(run_now(at.store->compact(20779)));
    for (const char* sql : {"SELECT id FROM bijlagen WHERE melding IS NOT NULL ORDER BY rij",
                            "SELECT bijlage FROM brokken WHERE van = 70 ORDER BY rij"}) {
        CAPTURE(sql);
        const auto now = ids(at.file, sql);
        CHECK(now.size() == sent.size());
        CHECK(now != sent);
    }
    for (const auto& id : sent) CHECK(run_now(at.store->chunk_at(id, 139)).value().bytes.size() == 70);
    CHECK(run_now(at.store->attachment_of(nobodys)).has_value());

    // Read and closed long ago: its attachment goes with it.
    change(at.file, "UPDATE meldingen SET geopend = TRUE, status = 'afgesloten', status_dag = 20800");
    const auto report = ids(at.file, "SELECT melding FROM bijlagen WHERE melding IS NOT NULL").front();
    const auto gone = run_now(at.store->attachments(report)).value().at(0).id;
    store::destruction how{report, "afgesloten", 20800, 21000,
                           [](const store::head& previous) { return line_bytes(previous, "gone"); }};
    REQUIRE(run_now(at.store->destroy(std::move(how))).value());
    CHECK(refusal(run_now(at.store->attachment_of(gone))) == errc::not_found);
    CHECK(at.count("brokken") == 2 * 59 + 1);
}
