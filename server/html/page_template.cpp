// The public face of template_compiler and template_program.
#include "server/html/page_template.hpp"

#include <utility>

#include "server/html/template_compiler.hpp"
#include "server/html/template_program.hpp"

namespace html {

struct page_template::program : template_program {};

std::string text(const template_fault& fault) {
    const auto line = fault.line == 0 ? std::string() : ':' + std::to_string(fault.line);
    return fault.name + line + ": " + fault.sentence;
}

std::expected<page_template, std::vector<template_fault>> page_template::compile(
    std::span<const template_source> sources, std::string_view name, shape shape,
    const translation& translate) {
    template_compiler compiler(sources, shape, translate);
    auto compiled = compiler.page(name);
    if (!compiler.faults().empty()) return std::unexpected(std::move(compiler.faults()));
    return page_template(std::make_unique<program>(program{std::move(compiled)}));
}

void page_template::render(const view& view, std::string& out) const { program_->render(view, out); }

page_template::page_template(page_template&&) noexcept = default;
page_template& page_template::operator=(page_template&&) noexcept = default;
page_template::~page_template() = default;
page_template::page_template(std::unique_ptr<program> program) : program_(std::move(program)) {}

}  // namespace html
