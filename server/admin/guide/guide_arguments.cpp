#include "server/admin/guide/guide_arguments.hpp"

#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "server/admin/guide/guide_check.hpp"
#include "server/admin/guide/guide_diff.hpp"

namespace admin {
namespace {

constexpr const char* shipped = "/usr/share/baken/schema";

std::string check_day(const std::string& text) {
    return protocol::day::parse(text) ? "" : "a day is YYYY-MM-DD";
}

protocol::day day_of(const std::string& text) {
    return text.empty() ? protocol::system_clock().today() : *protocol::day::parse(text);
}

void add_check(CLI::App& program, verb& chosen) {
    auto* sub = program.add_subcommand(
        "guide-check", "look through the data of the guide before it goes live: 0 it may, 1 it may not");
    auto options = std::make_shared<guide_check_options>();
    auto today = std::make_shared<std::string>();
    options->schema = shipped;
    auto* data =
        sub->add_option("--data", options->data, "the data directory, whose configuration names the files")
            ->type_name("DIR");
    auto* schema =
        sub->add_option("--schema", options->schema, "or the domain's data itself")->type_name("DIR");
    schema->capture_default_str()->excludes(data);
    sub->add_option("--own", options->own,
                    "a directory of your own whose files are used instead of some of it")
        ->type_name("DIR");
    sub->add_option("--today", *today, "as of this day (YYYY-MM-DD)")->type_name("DAY")->check(check_day);
    sub->add_flag("--json", options->json, "what was found as one JSON object");
    sub->callback([options, today, &chosen] {
        options->today = day_of(*today);
        chosen = [options] {
            auto good = guide_check(*options, std::cout);
            if (!good) return fail(good.error());
            if (!std::cout.flush()) return fail(client::refusal("Standard output is closed or full."));
            return *good ? 0 : client::failed;
        };
    });
}

void add_diff(CLI::App& program, verb& chosen) {
    auto* sub = program.add_subcommand(
        "guide-diff", "say what a change of the data moves: reports to other desks, people to other answers");
    auto options = std::make_shared<guide_diff_options>();
    auto today = std::make_shared<std::string>();
    options->schema = shipped;
    sub->add_option("OLD", options->before, "the data as it is: a directory like schema, or one of your own")
        ->type_name("")
        ->required();
    sub->add_option("NEW", options->after, "the data as it would be")->type_name("")->required();
    sub->add_option("--schema", options->schema, "the data that a directory of your own replaces files of")
        ->type_name("DIR")
        ->capture_default_str();
    sub->add_option("--today", *today, "as of this day (YYYY-MM-DD)")->type_name("DAY")->check(check_day);
    sub->callback([options, today, &chosen] {
        options->today = day_of(*today);
        chosen = [options] {
            auto same = guide_diff(*options, std::cout);
            if (!same) return fail(same.error());
            if (!std::cout.flush()) return fail(client::refusal("Standard output is closed or full."));
            return 0;
        };
    });
}

}  // namespace

void add_guide_verbs(CLI::App& program, verb& chosen) {
    add_check(program, chosen);
    add_diff(program, chosen);
}

}  // namespace admin
