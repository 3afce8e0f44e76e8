using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;

namespace Plura.Tests;

public sealed class PasswordListTests(PluraApp first)
{
    [Theory]
    [InlineData("passwordpassword")]
    [InlineData("Password1234567!")]
    [InlineData("iloveyouiloveyou")]
    [InlineData("!!!2024sunshine2024!!!")]
    [InlineData("qwertyuiop12345")]
    [InlineData("1qaz2wsx3edc4rfv")]
    [InlineData("Sun shine 1234567")]
    public async Task Little_more_than_a_common_password_is_refused(string password) =>
        Assert.Contains("Many people use this password", await Check(first, password), StringComparison.Ordinal);

    [Theory]
    [InlineData("four words in a row")]
    [InlineData("correct horse battery staple")]
    [InlineData("x8#kQz!27mWpLr4v")]
    public async Task Others_are_taken(string password) => Assert.Null(await Check(first, password));

    [Theory]
    [InlineData("Several words that have nothing to do with one another")]
    [InlineData("nothing to do with one another")]
    [InlineData("at least 15 characters")]
    public async Task What_the_hint_beside_the_field_says_is_no_password(string password)
    {
        Assert.Contains("what our own hint says", await Check(first, password), StringComparison.Ordinal);
        Assert.Contains(Passwords.Hint, (await first.NewBrowser().Get("/sign-up")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_up_says_so_beside_the_field_and_loses_nothing()
    {
        var page = await (await first.NewBrowser().Get("/sign-up")).Submit(
            "[name='Command.BirthYear']",
            new { Name = "Ann Example", Email = "ann@flowers.example", Password = "passwordpassword", Business = "Ann's Flowers", Country = "US", TimeZone = "America/New_York", BirthYear = "1980", AcceptTerms = true, AcceptProcessing = true });
        Assert.Contains("Many people use this password", page.Errors(), StringComparison.Ordinal);
        Assert.Equal("Ann Example", page.Find("[name='Command.Name']").GetAttribute("value"));
    }

    [Fact]
    public async Task A_breached_one_is_refused_and_only_five_characters_of_its_hash_were_told()
    {
        await using var list = await RangeService.Start("an old but leaked phrase");
        await using var app = await first.Another("--Plura:Roles=web", $"--Passwords:BreachedList:Url={list.Address}");
        Assert.Contains("break-in somewhere else", await Check(app, "an old but leaked phrase"), StringComparison.Ordinal);
        Assert.Null(await Check(app, "a phrase of mine alone"));
        Assert.Equal(2, list.Asked.Count);
        Assert.All(list.Asked, path => Assert.Matches("^/range/[0-9A-F]{5}$", path));
    }

    [Theory]
    [InlineData("slow")]
    [InlineData("broken")]
    [InlineData("gone")]
    public async Task A_list_that_does_not_answer_keeps_nobody_out(string trouble)
    {
        await using var list = await RangeService.Start("an old but leaked phrase", trouble);
        await using var app = await first.Another("--Plura:Roles=web", $"--Passwords:BreachedList:Url={(trouble == "gone" ? "http://127.0.0.1:9" : list.Address)}", "--Passwords:BreachedList:TimeoutMilliseconds=300");
        Assert.Null(await Check(app, "an old but leaked phrase"));
        var outcome = await app.In(null, services => services.GetRequiredService<IBreachedPasswords>().Look("an old but leaked phrase", default));
        Assert.Equal(trouble == "slow" ? Breach.TimedOut : Breach.Failed, outcome);
        list.Release();
    }

    [Fact]
    public async Task Without_a_setting_nobody_is_asked() => Assert.Empty(await first.In(null, services => Task.FromResult(services.GetServices<IBreachedPasswords>().ToList())));

    private static Task<string?> Check(PluraApp app, string password) => app.In(null, services => services.GetRequiredService<Passwords>().Check(password, default, "Ann", "ann@flowers.example"));

    /// <summary>A range service as the known one is, on this machine.</summary>
    private sealed class RangeService : IAsyncDisposable
    {
        private readonly WebApplication web = SmallServer.New();
        private readonly TaskCompletionSource released = new();

        public List<string> Asked { get; } = [];

        public string Address => web.Urls.First();

        public static async Task<RangeService> Start(string breached, string? trouble = null)
        {
            var service = new RangeService();
#pragma warning disable CA5350 // The list is by SHA-1.
            var hash = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(breached)));
#pragma warning restore CA5350
            service.web.MapGet("/range/{prefix}", async (string prefix, HttpContext http) =>
            {
                service.Asked.Add(http.Request.Path);
                if (trouble == "slow")
                    await service.released.Task;
                if (trouble == "broken")
                    return Results.StatusCode((int)HttpStatusCode.ServiceUnavailable);
                return Results.Text((prefix == hash[..5] ? $"{hash[5..]}:42\r\n" : "") + $"{new string('A', 35)}:0\r\n");
            });
            await service.web.StartAsync();
            return service;
        }

        public void Release() => released.TrySetResult();

        public async ValueTask DisposeAsync()
        {
            Release();
            await web.DisposeAsync();
        }
    }
}
