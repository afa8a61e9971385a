// A directory of one test's own, gone with it.
#pragma once

#include <filesystem>
#include <fstream>
#include <stdlib.h>
#include <string>
#include <sys/stat.h>

struct scratch {
    std::string path;
    scratch() {
        std::string form = std::filesystem::temp_directory_path().string() + "/baken-test-XXXXXX";
        if (::mkdtemp(form.data())) path = form;
    }
    scratch(const scratch&) = delete;
    scratch& operator=(const scratch&) = delete;
    ~scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    [[nodiscard]] std::string operator/(const std::string& name) const { return path + "/" + name; }
    std::string write(const std::string& name, const std::string& text, unsigned mode = 0600) const {
        auto file = *this / name;
        std::ofstream(file) << text;
        ::chmod(file.c_str(), mode);
        return file;
    }
};
