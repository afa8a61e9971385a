#include "server/jobs/orders.hpp"

#include "crypto/protocol/trail.hpp"
#include "crypto/protocol/trail_actions.hpp"

namespace jobs {
namespace {

// Nobody signs what happens by the clock: the line says by whose order instead.
std::function<std::string(const store::head&)> line(const store::due_order& order, protocol::day today) {
    protocol::trail_entry entry;
    entry.dag = today;
    entry.lid = std::string(protocol::order_term);
    entry.handeling = protocol::form_of(protocol::action::report_destroyed).code;
    entry.object = order.id.text();
    entry.signature_base = "opgedragen door: " + order.lid +
                           "\nopgedragen op: " + protocol::day{order.day}.text() + "\nreden: " + order.reason;
    return [entry](const store::head& previous) {
        return protocol::write_line(entry, {previous.line, previous.hash});
    };
}

}  // namespace

async::task<std::expected<int, store::errc>> carry_out_orders(protocol::day today, store::store& store) {
    auto due = co_await store.due_orders(today.number);
    if (!due) co_return std::unexpected(due.error());
    int out = 0;
    for (const auto& one : *due) {
        auto said = line(one, today);
        auto gone = co_await store.carry_out_order(one, today.number, std::move(said));
        if (!gone) co_return std::unexpected(gone.error());
        if (*gone) ++out;
    }
    co_return out;
}

}  // namespace jobs
