#include "server/admin/audit_arguments.hpp"

#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "server/admin/arguments.hpp"
#include "server/admin/audit.hpp"

namespace admin {

void add_audit_verify(CLI::App& program, std::function<int()>& chosen) {
    auto* sub =
        program.add_subcommand("audit-verify",
                               "hold the audit trails against the keys that signed them and what others "
                               "saw of them: 0 all are whole, 1 one is not");
    auto options = std::make_shared<audit_options>();
    options->data = ".";
    sub->add_option("--data", options->data, "the data directory; a server may run on it")
        ->capture_default_str();
    sub->add_option("--root", options->roots,
                    "file with a pinned public root key, your own copy; may be repeated (default: what DIR's "
                    "own configuration pins)")
        ->type_name("FILE")
        ->allow_extra_args(false);
    sub->add_option("--desk", options->desks, "only this desk's trail; may be repeated")
        ->allow_extra_args(false);
    sub->add_option("--seen", options->seen,
                    "\"DESK regel=17, hash=…\": what a desk says its trail ended in; may be repeated")
        ->allow_extra_args(false);
    sub->add_flag("--json", options->json, "as one JSON object");
    sub->callback([options, &chosen] {
        chosen = [options] {
            auto faults = audit_verify(*options, std::cout);
            if (!faults) return fail(faults.error());
            if (!std::cout.flush()) return fail(client::refusal("Standard output is closed or full."));
            return *faults == 0 ? 0 : client::failed;
        };
    });
}

}  // namespace admin
