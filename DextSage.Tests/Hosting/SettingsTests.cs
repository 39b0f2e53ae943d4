using DextSage.App.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace DextSage.Tests.Hosting;

public sealed class SettingsTests
{
    [Fact]
    public void The_root_settings_file_is_read_and_every_other_source_overrules_it()
    {
        var builder = WebApplication.CreateBuilder(["--DextSage:Sandbox=false"]);
        var before = ((IConfigurationBuilder)builder.Configuration).Sources.ToList();
        builder.AddSettingsFiles();
        var sources = ((IConfigurationBuilder)builder.Configuration).Sources;

        Assert.Equal("http://localhost:5080", builder.Configuration["DextSage:Url"]);
        Assert.Equal("false", builder.Configuration["DextSage:Sandbox"]);
        Assert.DoesNotContain(sources[0], before);
        Assert.All(before, source => Assert.True(sources.IndexOf(source) > 0));
    }

    [Fact]
    public void The_environment_wins_over_user_secrets_and_they_over_files()
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddSettingsFiles();

        var files = ((IConfigurationBuilder)builder.Configuration).Sources
            .Select((source, at) => (source, at))
            .Where(s => s.source is Microsoft.Extensions.Configuration.Json.JsonConfigurationSource)
            .ToList();
        var secrets = files.Single(f => ((Microsoft.Extensions.Configuration.Json.JsonConfigurationSource)f.source).Path == "secrets.json").at;
        var environment = ((IConfigurationBuilder)builder.Configuration).Sources
            .Select((source, at) => (source, at))
            .Last(s => s.source is Microsoft.Extensions.Configuration.EnvironmentVariables.EnvironmentVariablesConfigurationSource).at;

        Assert.True(secrets < environment);
        Assert.All(files.Where(f => f.at != secrets), file => Assert.True(file.at < secrets));
    }

    [Fact]
    public void Settings_are_read_once_so_that_nothing_watches_the_folder_where_the_data_may_lie()
    {
        var builder = WebApplication.CreateBuilder([Settings.ReadOnce]);
        builder.AddSettingsFiles();

        var files = ((IConfigurationBuilder)builder.Configuration).Sources.OfType<FileConfigurationSource>().ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.False(file.ReloadOnChange, file.Path));
    }

    [Fact]
    public void Every_wrong_setting_is_named_at_once()
    {
        var refusal = Assert.Throws<StartRefusedException>(() => Read(("Url", "ftp://x"), ("Sandbox", "perhaps"), ("KnownProxies:0", "my-proxy")));

        Assert.Equal(3, refusal.Reasons.Count);
        Assert.Contains("ftp://x", refusal.Message);
        Assert.Contains("perhaps", refusal.Message);
        Assert.Contains("my-proxy", refusal.Message);
    }

    [Theory]
    [InlineData("http://localhost:5080/path")]
    [InlineData("http://user:word@localhost")]
    [InlineData("localhost:5080")]
    [InlineData("http://localhost:5080/?a=b")]
    public void An_address_is_scheme_host_and_port_only(string url) =>
        Assert.Throws<StartRefusedException>(() => Read(("Url", url)));

    [Fact]
    public void From_a_clone_the_data_lies_at_its_root_and_never_under_bin()
    {
        var settings = Read();

        Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(settings.DataFolder)!, "DextSage.sln")));
    }

    [Theory]
    [InlineData("http://localhost:5080", null, null)]
    [InlineData("http://127.0.0.1:5080", null, null)]
    [InlineData("http://[::1]:5080", null, null)]
    [InlineData("http://localhost:5080", "http://127.0.0.1:9000", null)]
    [InlineData("http://books.example", null, "its address|listen on")]
    [InlineData("http://0.0.0.0:5080", null, "listen on http://0.0.0.0:5080")]
    [InlineData("http://localhost:5080", "http://+:5080", "listen on http://+:5080")]
    [InlineData("http://localhost:5080", "http://localhost:1;http://192.168.1.4:2", "listen on http://192.168.1.4:2")]
    [InlineData("http://localhost.evil.example", "http://localhost:1", "its address is")]
    public void Ready_people_and_the_sandbox_exist_on_this_machine_alone(string url, string? urls, string? refusedBecause)
    {
        var configuration = Configuration(("DextSage:Url", url), ("urls", urls));
        var settings = HostSettings.Read(configuration, "/");

        if (refusedBecause is null)
        {
            Assert.True(SandboxMode.Decide(configuration, settings).IsOn);
            return;
        }
        var refusal = Assert.Throws<StartRefusedException>(() => SandboxMode.Decide(configuration, settings));
        Assert.Contains(refusedBecause.Split('|'), reason => refusal.Message.Contains(reason, StringComparison.Ordinal));
        Assert.Contains("DextSage:Sandbox to false", refusal.Message);
    }

    [Theory]
    [InlineData("http_ports", "8080")]
    [InlineData("Kestrel:Endpoints:A:Url", "http://*:80")]
    [InlineData("DextSage:KnownProxies:0", "10.0.0.1")]
    public void No_other_way_to_be_reachable_escapes_the_guard(string key, string value)
    {
        var configuration = Configuration((key, value));

        Assert.Throws<StartRefusedException>(() => SandboxMode.Decide(configuration, HostSettings.Read(configuration, "/")));
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(null, "a-client-id", false)]
    [InlineData("true", "a-client-id", true)]
    [InlineData("false", null, false)]
    public void The_sandbox_is_on_when_asked_for_or_when_there_is_no_Sage(string? sandbox, string? clientId, bool isOn)
    {
        var configuration = Configuration(("DextSage:Sandbox", sandbox), ("Sage:ClientId", clientId));

        Assert.Equal(isOn, SandboxMode.Decide(configuration, HostSettings.Read(configuration, "/")).IsOn);
    }

    private static HostSettings Read(params (string Key, string Value)[] settings) =>
        HostSettings.Read(Configuration([.. settings.Select(s => ($"DextSage:{s.Key}", (string?)s.Value))]), "/");

    private static IConfigurationRoot Configuration(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value))).Build();
}
