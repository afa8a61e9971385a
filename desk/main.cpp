// baken: reporting, and the work of a desk. Arguments, then one verb, then a sentence if it failed.
#include <csignal>
#include <exception>
#include <string>
#include <vector>

#include "crypto/plain.hpp"
#include "desk/admin.hpp"
#include "desk/arguments.hpp"
#include "desk/audit.hpp"
#include "desk/card.hpp"
#include "desk/changing.hpp"
#include "desk/enrol.hpp"
#include "desk/export.hpp"
#include "desk/failure.hpp"
#include "desk/keygen.hpp"
#include "desk/keys.hpp"
#include "desk/names.hpp"
#include "desk/open.hpp"
#include "desk/ordering.hpp"
#include "desk/passwd.hpp"
#include "desk/print.hpp"
#include "desk/pull.hpp"
#include "desk/restored.hpp"
#include "desk/revoke.hpp"
#include "desk/status.hpp"
#include "desk/stragglers.hpp"
#include "desk/submit.hpp"
#include "process/guard.hpp"

namespace {

struct verb {
    client::result<void> operator()(const desk::submit_order& order) const { return desk::submit(order); }
    client::result<void> operator()(const desk::pull_order& order) const { return desk::pull(order); }
    client::result<void> operator()(const desk::open_order& order) const { return desk::open(order); }
    client::result<void> operator()(const desk::close_order& order) const { return desk::close(order); }
    client::result<void> operator()(const desk::keep_order& order) const { return desk::keep(order); }
    client::result<void> operator()(const desk::destroy_order& order) const { return desk::destroy(order); }
    client::result<void> operator()(const desk::stragglers_order& order) const {
        return desk::stragglers(order);
    }
    client::result<void> operator()(const desk::export_order& order) const {
        return desk::export_report(order);
    }
    client::result<void> operator()(const desk::audit_order& order) const { return desk::audit(order); }
    client::result<void> operator()(const desk::keygen_order& order) const { return desk::keygen(order); }
    client::result<void> operator()(const desk::enrol_order& order) const { return desk::enrol(order); }
    client::result<void> operator()(const desk::keys_order& order) const { return desk::keys(order); }
    client::result<void> operator()(const desk::revoke_order& order) const { return desk::revoke(order); }
    client::result<void> operator()(const desk::status_order& order) const { return desk::status(order); }
    client::result<void> operator()(const desk::card_order& order) const { return desk::card(order); }
    client::result<void> operator()(const desk::names_order& order) const { return desk::names(order); }
    client::result<void> operator()(const desk::restored_order& order) const { return desk::restored(order); }
    client::result<void> operator()(const desk::passwd_order& order) const { return desk::passwd(order); }
    client::result<void> operator()(const desk::admin_order& order) const { return desk::admin(order); }
};

int run(const std::vector<std::string>& arguments) {
    auto order = desk::read_arguments(arguments);
    const auto json = desk::wants_json(arguments);
    if (!order && order.error().exit == 0) return desk::print(order.error().text) ? 0 : client::failed;
    if (!order) return desk::failed(client::refusal(order.error().text, order.error().exit), json);
    auto done = std::visit(verb{}, *order);
    return done ? 0 : desk::failed(done.error(), json);
}

}  // namespace

int main(int argc, char** argv) {
    process::guard();
    std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error, not an end
    try {
        crypto::start();
        return run({argv + (argc > 0 ? 1 : 0), argv + argc});
    } catch (const std::exception& fault) {
        desk::print_error("baken: this is a fault in the program itself: " + desk::escaped(fault.what()) +
                          "\n");
        return client::failed;
    }
}
