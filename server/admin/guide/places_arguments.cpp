#include "server/admin/guide/places_arguments.hpp"

#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "server/admin/guide/places_import.hpp"

namespace admin {

void add_places_import(CLI::App& program, verb& chosen) {
    auto* sub = program.add_subcommand(
        "places-import", "make the tables of postcodes and places again from the yearly address file of CBS");
    auto o = std::make_shared<places_import_options>();
    o->schema = "/usr/share/baken/schema";
    sub->add_option("--from", o->from, "pc6hnr<year>0801_gwb.csv, unpacked")->type_name("FILE")->required();
    sub->add_option("--municipalities", o->municipalities,
                    "gem<year>.csv, for the names of municipalities that gemeenten.tsv does not know")
        ->type_name("FILE");
    sub->add_option(
           "--to", o->to,
           "the directory to write places/ in; its own places/gemeenten.tsv goes before the shipped one")
        ->type_name("DIR")
        ->required();
    sub->add_option("--schema", o->schema, "the domain's data as shipped")
        ->type_name("DIR")
        ->capture_default_str();
    sub->add_flag("--dry-run", o->dry_run, "say what would change, and write nothing");
    sub->add_flag("--accept-loss", o->accept_loss,
                  "also where more than 5 % of the postcodes go, or all those of a municipality");
    sub->callback([o, &chosen] { chosen = [o] { return written(places_import(*o, std::cout)); }; });
}

}  // namespace admin
