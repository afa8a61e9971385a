// baken: reporting, and the work of a desk. Arguments, then one verb, then a sentence if it failed.
#include <csignal>
#include <exception>
#include <string>
#include <vector>

#include "base/process/guard.hpp"
#include "client/admin.hpp"
#include "client/arguments.hpp"
#include "client/desk/audit.hpp"
#include "client/desk/card.hpp"
#include "client/desk/changing.hpp"
#include "client/desk/export.hpp"
#include "client/desk/keygen.hpp"
#include "client/desk/names.hpp"
#include "client/desk/open.hpp"
#include "client/desk/ordering.hpp"
#include "client/desk/passwd.hpp"
#include "client/desk/pull.hpp"
#include "client/desk/status.hpp"
#include "client/desk/stragglers.hpp"
#include "client/failure.hpp"
#include "client/lead/enrol.hpp"
#include "client/lead/keys.hpp"
#include "client/lead/restored.hpp"
#include "client/lead/revoke.hpp"
#include "client/print.hpp"
#include "client/report/submit.hpp"
#include "crypto/plain.hpp"

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
