#include "server/store/sql/tables.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace store::sql {
namespace {

constexpr auto integer = kind::integer;
constexpr auto boolean = kind::boolean;
constexpr auto text = kind::text;
constexpr auto bytes = kind::bytes;

// The value of a column in a statement: in the order of the list, $1 the first.
std::string value(const column& one, std::size_t number) {
    return one.carried == carried::by_report
               ? fmt::format("(SELECT rij FROM meldingen WHERE id = ${})", number)
               : fmt::format("${}", number);
}

std::string values(const std::vector<column>& columns, std::size_t rows) {
    std::string out;
    for (std::size_t row = 0, number = 1; row < rows; ++row) {
        std::vector<std::string> all;
        for (const auto& one : columns) all.push_back(value(one, number++));
        out += fmt::format("{}({})", row == 0 ? "" : ", ", fmt::join(all, ", "));
    }
    return out;
}

// Rows that no key tells apart come all at once, in an order that is the same for both engines.
void without_key(const table& from, const std::string& select, statements& out) {
    std::vector<std::string> order;
    for (const auto& one : from.carried_columns())
        order.push_back(fmt::format("t.{0} IS NULL, t.{0}", one.name));
    out.first = fmt::format("{} ORDER BY {}", select, fmt::join(order, ", "));
    out.clear = fmt::format("DELETE FROM {}", from.name);
}

void with_key(const table& from, const std::string& select, statements& out) {
    std::vector<std::string> after;
    for (std::size_t i = 1; i <= from.key.size(); ++i) after.push_back(fmt::format("${}", i));
    const auto key = fmt::format("{}", fmt::join(from.key, ", "));
    out.first = fmt::format("{} ORDER BY {} LIMIT $1", select, key);
    out.next = fmt::format("{} WHERE ({}) > ({}) ORDER BY {} LIMIT ${}", select, key, fmt::join(after, ", "),
                           key, after.size() + 1);
    out.last = fmt::format("SELECT {} FROM {} ORDER BY {} DESC LIMIT 1", key, from.name,
                           fmt::join(from.key, " DESC, "));
    out.clear = fmt::format("DELETE FROM {0} WHERE ({1}) IN (SELECT {1} FROM {0} LIMIT {2})", from.name, key,
                            statements::cleared);
}

statements made(const table& from) {
    const auto columns = from.carried_columns();
    std::vector<std::string> read, names;
    for (const auto& one : columns) {
        names.emplace_back(one.name);
        read.push_back(one.carried == carried::by_report
                           ? fmt::format("(SELECT m.id FROM meldingen m WHERE m.rij = t.{})", one.name)
                           : fmt::format("t.{}", one.name));
    }
    const auto select = fmt::format("SELECT {} FROM {} t", fmt::join(read, ", "), from.name);
    const auto insert = fmt::format("INSERT INTO {} ({}) VALUES ", from.name, fmt::join(names, ", "));
    statements out;
    out.count = fmt::format("SELECT count(*) FROM {}", from.name);
    out.any = fmt::format("SELECT 1 FROM {} LIMIT 1", from.name);
    out.insert = insert + values(columns, 1);
    out.insert_many = insert + values(columns, statements::many);
    if (from.key.empty())
        without_key(from, select, out);
    else
        with_key(from, select, out);
    return out;
}

}  // namespace

const std::vector<table>& tables() {
    static const std::vector<table> all{
        {"gids",
         place::reports,
         {{"versie", integer}, {"hash", text}, {"token", text}, {"routering", text}},
         {"versie"},
         20},
        {"standen",
         place::reports,
         {{"loket", text}, {"versie", integer}, {"hash", text}, {"token", text}},
         {"loket", "versie"}},
        {"leden",
         place::reports,
         {{"hash", text}, {"loket", text}, {"lid", text}, {"token", text}, {"wacht", integer}},
         {"hash"}},
        {"sleutels",
         place::reports,
         {{"hash", text}, {"loket", text}, {"epoch", text}, {"token", text}, {"wacht", integer}},
         {"hash"}},
        {"wraps",
         place::wraps,
         {{"loket", text},
          {"epoch", text},
          {"sleutel", text},
          {"lid", text},
          {"sealed", bytes},
          {"hash", bytes}},
         {"loket", "epoch", "sleutel", "lid"}},
        // By id, which is random: neither a backup nor what is made from it tells in which order they came.
        {"meldingen",
         place::reports,
         {{"rij", integer, carried::not_at_all},
          {"id", bytes},
          {"verzoek", bytes},
          {"dag", integer},
          {"spoed", boolean},
          {"status", text},
          {"revisie", integer},
          {"postbus", bytes},
          {"toegewezen", text},
          {"termijn", integer},
          {"body", bytes},
          {"hash", bytes},
          {"vers", integer, carried::sqlite_only},
          {"geopend", boolean},
          {"status_dag", integer},
          {"bewaren_tot", integer},
          {"bewaren_reden", text}},
         {"id"},
         64},
        // plaats is what desks' cursors count, so it stays.
        {"ontvangers",
         place::reports,
         {{"plaats", integer},
          {"melding", bytes, carried::by_report},
          {"loket", text},
          {"rol", text},
          {"epoch", text},
          {"sleutel", bytes},
          {"sealed", bytes},
          {"vrij", boolean},
          {"status", text},
          {"hash", bytes},
          {"vrij_uur", integer}},
         {"plaats"}},
        {"berichten",
         place::reports,
         {{"rij", integer, carried::not_at_all},
          {"id", bytes},
          {"melding", bytes},
          {"soort", integer},
          {"dag", integer},
          {"gelezen", boolean},
          {"ontvangers", text},
          {"body", bytes},
          {"vers", integer, carried::sqlite_only}},
         {"id"},
         64},
        {"bijlagen",
         place::reports,
         {{"rij", integer, carried::not_at_all},
          {"id", bytes},
          {"melding", bytes},
          {"bericht", bytes},
          {"nummer", integer},
          {"dag", integer},
          {"totaal", integer},
          {"grootte", integer},
          {"ronde", integer},
          {"vers", integer, carried::sqlite_only}},
         {"id"}},
        {"brokken",
         place::reports,
         {{"rij", integer, carried::not_at_all},
          {"bijlage", bytes},
          {"van", integer},
          {"bytes", bytes},
          {"hash", bytes},
          {"vers", integer, carried::sqlite_only}},
         {"bijlage", "van"},
         32},
        {"inzagen",
         place::reports,
         {{"loket", text},
          {"id", bytes},
          {"melding", bytes},
          {"lid", text},
          {"rol", text},
          {"handeling", text},
          {"verzoek", bytes},
          {"geldt", boolean}},
         {"loket", "id"}},
        {"onopenbaar", place::reports, {{"melding", bytes}, {"dag", integer}}, {"melding"}},
        {"waarschuwingen",
         place::reports,
         {{"melding", bytes}, {"soort", text}, {"dag", integer}},
         {"melding", "soort"}},
        {"opdrachten",
         place::reports,
         {{"melding", bytes},
          {"loket", text},
          {"lid", text},
          {"sleutel", bytes},
          {"beheerder", boolean},
          {"stand", integer},
          {"dag", integer},
          {"reden", text},
          {"status", text}},
         {"melding"}},
        {"opdrachtdagen",
         place::reports,
         {{"loket", text}, {"lid", text}, {"dag", integer}, {"aantal", integer}},
         {"loket", "lid"}},
        {"schillen",
         place::reports,
         {{"loket", text}, {"kwartaal", text}, {"status", text}, {"uitkomst", text}, {"tot", integer}},
         {}},
        {"tellingen",
         place::reports,
         {{"loket", text}, {"kwartaal", text}, {"kenmerk", text}, {"waarde", text}, {"aantal", integer}},
         {"loket", "kwartaal", "kenmerk", "waarde"}},
        {"logboek",
         place::reports,
         {{"loket", text}, {"regel", integer}, {"hash", text}, {"bytes", text}},
         {"loket", "regel"}},
        {"hoofden",
         place::reports,
         {{"loket", text}, {"dag", integer}, {"regel", integer}, {"token", text}},
         {"loket", "dag"}},
        {"vernietigd", place::reports, {{"id", bytes}, {"dag", integer}}, {"id"}},
        {"tellers",
         place::reports,
         {{"een", integer}, {"vertrouwen", integer}, {"ronde", integer}, {"resten", integer}},
         {"een"}},
        {"nonces",
         place::left_out,
         {{"merk", bytes}, {"tot", integer}},
         {"merk"},
         500,
         "they must not outlive the minutes in which they count (protocol §7)"},
        {"migraties",
         place::left_out,
         {{"nummer", integer}, {"hash", text}},
         {"nummer"},
         500,
         "each engine has its own"},
        {"onvoltooid",
         place::left_out,
         {{"een", integer}, {"werk", text}, {"bron", text}, {"stand", text}},
         {"een"},
         500,
         "it is about this one database"},
    };
    return all;
}

std::vector<column> table::carried_columns() const {
    std::vector<column> out;
    std::ranges::copy_if(columns, std::back_inserter(out), [](const column& one) {
        return one.carried == carried::as_it_is || one.carried == carried::by_report;
    });
    return out;
}

const statements& statements_of(const table& table) {
    static const std::vector<statements> all = [] {
        std::vector<statements> out;
        for (const auto& one : tables()) out.push_back(made(one));
        return out;
    }();
    return all[static_cast<std::size_t>(&table - tables().data())];
}

}  // namespace store::sql
