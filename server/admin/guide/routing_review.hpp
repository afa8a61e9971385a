// What the routing rules of schema/ do, for everything a report may say: which desk gets it first. Held
// against the desks that are there, and against other rules.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "client/line/refusal.hpp"
#include "crypto/protocol/json.hpp"
#include "crypto/protocol/routing.hpp"
#include "server/places/gemeenten.hpp"

namespace admin {

struct guide_findings;

// A routing table with the desks it routes to.
struct routing {
    protocol::routing_table table;
    protocol::gids desks;
    protocol::json::object document;  // the table as it is read
    [[nodiscard]] protocol::decision decide(const protocol::routed_facts& facts) const;
};

// As it would be signed first.
[[nodiscard]] client::result<routing> routing_of(const guide::data_files& schema,
                                                 const guide::gemeenten& gemeenten, protocol::day today);

// Calls for every combination that rules can tell apart, in this municipality (empty: none).
void for_every_report(const std::string& gemeente,
                      const std::function<void(const protocol::routed_facts&)>& look);

// Adds: keys and codes that nobody knows, desks that nobody knows, fallbacks in a circle, municipalities
// without a desk, rules that never change a decision, an investigating desk for a victim who asked for none.
void review_routing(const guide::data_files& schema, const guide::gemeenten& gemeenten,
                    const std::vector<std::string>& staffed, protocol::day today, guide_findings& out);

}  // namespace admin
