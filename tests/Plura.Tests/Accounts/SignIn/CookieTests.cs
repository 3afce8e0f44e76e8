using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Plura.Tests.Architecture;

namespace Plura.Tests;

/// <summary>Each cookie that a production installation sets, as it is set, on a walk through every door.</summary>
public sealed class CookieTests(PluraApp first)
{
    [Fact]
    public async Task Every_cookie_is_bound_to_the_host_and_hidden_from_scripts()
    {
        await using var app = await first.Another(services => services.AddSingleton<IStartupFilter, BehindTls>(), "--Plura:Roles=web", "--environment=Production");
        // The tests ask for few rounds, and in production that is not heard.
        Assert.True(app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<Microsoft.AspNetCore.Identity.PasswordHasherOptions>>().Value.IterationCount >= 220_000);
        var account = await app.NewAccount();
        var walk = new Walk(app.NewBrowser());
        await walk.Post("/sign-in", "/sign-in", new() { ["_handler"] = "sign-in", ["Command.Email"] = account.Email(), ["Command.Password"] = TestAccount.Password });
        await walk.Post("/sign-in", "/sign-in/passkey/options", []);
        await walk.Post("/sign-up", "/sign-up", new() { ["_handler"] = "sign-up", ["Command.Name"] = "Kim", ["Command.Email"] = "kim@x.example", ["Command.Password"] = "four words in a row", ["Command.Business"] = "Kim's", ["Command.Country"] = "US", ["Command.TimeZone"] = "America/New_York", ["Command.BirthYear"] = "2020" });
        var page = await walk.Get("/me/security/authenticator");
        var phone = new AuthenticatorApp(page.Find(".copy-line code").TextContent.Trim());
        await walk.Post("/me/security/authenticator", "/me/security/authenticator", new() { ["_handler"] = "set-up-authenticator", ["Command.Setup"] = page.Find("[name='Command.Setup']").GetAttribute("value")!, ["Command.Code"] = phone.CodeAt(app.Clock.GetUtcNow()) });
        await walk.Post("/me/security/authenticator", "/me/security/authenticator", new() { ["_handler"] = "turn-off" });
        Assert.Equal(["__Host-device", "__Host-plura", "__Host-plura_age", "__Host-plura_forms", "__Host-plura_halfway", "__Host-plura_said"], walk.Cookies.Keys.Order(StringComparer.Ordinal));
        var told = await File.ReadAllTextAsync(Path.Combine(SourceRules.Root, "SECURITY.md"));
        foreach (var (name, attributes) in walk.Cookies)
        {
            Assert.Contains($"| `{name}`", told, StringComparison.Ordinal);
            var parts = attributes.Select(a => a.ToLowerInvariant()).ToList();
            Assert.True(parts.Contains("httponly") && parts.Contains("secure") && parts.Contains("path=/"), $"{name}: {string.Join("; ", parts)}");
            Assert.Contains(parts, p => p is "samesite=lax" or "samesite=strict");
            Assert.DoesNotContain(parts, p => p.StartsWith("domain", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/no-such-page")]
    public async Task Whoever_comes_without_https_is_told_how(string path)
    {
        await using var app = await first.Another("--Plura:Roles=web", "--environment=Production");
        using var answer = await app.NewBrowser().Send(HttpMethod.Get, path);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("ASPNETCORE_FORWARDEDHEADERS_ENABLED", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var health = await app.NewBrowser().Send(HttpMethod.Get, "/health");
        Assert.Equal(System.Net.HttpStatusCode.OK, health.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/me/security")]
    public async Task Every_page_says_what_may_run_and_that_only_https_counts(string path)
    {
        await using var app = await first.Another(services => services.AddSingleton<IStartupFilter, BehindTls>(), "--Plura:Roles=web", "--environment=Production");
        using var answer = await app.NewBrowser().Send(HttpMethod.Get, path);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain('*', policy);
        Assert.StartsWith("max-age=", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
    }

    [Theory]
    [InlineData("/me/security")]
    [InlineData("/me/security/authenticator")]
    [InlineData("/me/security/passkeys")]
    [InlineData("/confirm-it-is-you")]
    public async Task The_pages_about_doors_need_no_inline_style_or_script(string path)
    {
        var page = await (await (await first.NewAccount()).SignIn()).Get(path);
        Assert.Equal(path, page.Url.AbsolutePath);
        Assert.Empty(page.Document.QuerySelectorAll("script:not([src]), style, [style], [onclick], [onload], [onsubmit]"));
    }

    /// <summary>Goes about and writes down each Set-Cookie line.</summary>
    private sealed class Walk(Browser browser)
    {
        public Dictionary<string, string[]> Cookies { get; } = new(StringComparer.Ordinal);

        public async Task<WebPage> Get(string path)
        {
            using (var answer = await browser.Send(HttpMethod.Get, path, follow: false))
                Note(answer);
            return await browser.Get(path);
        }

        public async Task Post(string from, string to, Dictionary<string, string> fields)
        {
            var token = (await Get(from)).Find("[name=__RequestVerificationToken]").GetAttribute("value")!;
            using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields]);
            using var answer = await browser.Send(HttpMethod.Post, to, form, follow: false);
            Note(answer);
        }

        private void Note(HttpResponseMessage answer)
        {
            if (!answer.Headers.TryGetValues("Set-Cookie", out var lines))
                return;
            foreach (var line in lines)
                Cookies[line.Split('=')[0]] = [.. line.Split(';', StringSplitOptions.TrimEntries).Skip(1)];
        }
    }
}
