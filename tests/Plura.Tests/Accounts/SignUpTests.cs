using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Tests;

public sealed class SignUpTests(PluraApp app)
{
    private static int people;

    [Fact]
    public async Task Opens_an_account_and_records_what_was_accepted_with_version_and_wording()
    {
        var command = Valid();
        var before = app.Clock.GetUtcNow();
        var user = (await Handle(command)).Value;
        await app.In(null, async services =>
        {
            var db = services.GetRequiredService<PluraDb>();
            var membership = await db.Memberships.SingleAsync(m => m.UserId == user);
            var account = await db.Accounts.SingleAsync(a => a.Id == membership.AccountId);
            Assert.Equal(command.Business, account.Name);
            Assert.Equal(Membership.Owner, membership.Role);
            var acceptances = await db.Acceptances.Where(a => a.UserId == user).ToListAsync();
            Assert.Equal(["dpa", "privacy", "terms"], acceptances.Select(a => a.Document).Order(StringComparer.Ordinal));
            foreach (var acceptance in acceptances)
            {
                var version = services.GetRequiredService<IPolicyVersions>().Current(acceptance.Document);
                Assert.Equal((version.Version, version.WordingHash), (acceptance.Version, acceptance.WordingHash));
                Assert.Equal("sign_up_checkbox", acceptance.Method);
                Assert.InRange(acceptance.At, before, app.Clock.GetUtcNow());
            }
        });
    }

    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(3)]
    public async Task Refuses_a_year_that_leaves_an_age_under_16_possible_and_stores_nothing(int years)
    {
        await using var own = await app.Another();
        var before = await Architecture.Rows.Everything(own);
        var result = await Handle(Valid() with { BirthYear = Year(years) }, own);
        Assert.Equal("sign_up.age", result.Refusal?.Code);
        Assert.Contains(nameof(SignUp.BirthYear), result.Refusal!.Fields.Keys);
        Assert.DoesNotContain("16", result.Refusal.Text, StringComparison.Ordinal);
        Assert.Equal("", Architecture.Rows.Changed(before, await Architecture.Rows.Everything(own)));
    }

    [Fact]
    public async Task Takes_the_youngest_year_that_is_surely_16() => Assert.True((await Handle(Valid() with { BirthYear = Year(17) })).Ok);

    [Fact]
    public async Task Answers_the_same_for_an_address_that_is_taken_and_opens_nothing()
    {
        var first = Valid();
        Assert.True((await Handle(first)).Ok);
        var before = await Rows();
        Assert.True((await Handle(first with { Password = "another set of words", Business = "Elsewhere" })).Ok);
        Assert.Equal(before, await Rows());
    }

    [Fact]
    public async Task Nobodys_mailbox_is_filled_by_signing_up_with_its_address()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var command = Valid() with { Email = account.Owner() };
        for (var i = 0; i < 12; i++)
            Assert.True((await Handle(command with { Business = $"Elsewhere {i}" }, own)).Ok);
        Assert.Equal(3, (await own.Letters(account.Owner())).Count);
        own.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.True((await Handle(command, own)).Ok);
        Assert.Equal(4, (await own.Letters(account.Owner())).Count);
    }

    [Fact]
    public async Task Nor_by_signing_in_to_what_was_signed_up_for_with_it()
    {
        await using var own = await app.Another();
        var command = Valid();
        Assert.True((await Handle(command, own)).Ok);
        var said = new List<string>();
        for (var i = 0; i < 4; i++)
            said.Add((await own.NewBrowser().Give(command.Email, command.Password)).Errors());
        Assert.Contains("just sent you the link again", said[0], StringComparison.Ordinal);
        Assert.Contains("several times within this hour", said[^1], StringComparison.Ordinal);
        Assert.Equal(3, (await own.Letters(command.Email)).Count);
    }

    [Theory]
    [InlineData("short", "sign_up")]
    [InlineData("aaaaaaaaaaaaaaaaaa", "repeats")]
    [InlineData("abcdefghijklmnopqrst", "counts")]
    public async Task Refuses_a_weak_password_with_a_sentence(string password, string says)
    {
        var refusal = (await Handle(Valid() with { Password = password })).Refusal;
        Assert.NotNull(refusal);
        Assert.Contains(nameof(SignUp.Password), refusal.Fields.Keys);
        if (says != "sign_up")
            Assert.Contains(says, refusal.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Needs_both_acts_of_acceptance()
    {
        Assert.Equal("sign_up.terms", (await Handle(Valid() with { AcceptTerms = false })).Refusal?.Code);
        Assert.Equal("sign_up.dpa", (await Handle(Valid() with { AcceptProcessing = false })).Refusal?.Code);
    }

    [Fact]
    public async Task A_refused_form_comes_back_with_nothing_typed_lost()
    {
        var page = await app.NewBrowser().Get("/sign-up");
        var refused = await page.Submit(null, new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.Name"] = "Ann Example", ["Command.Email"] = "not an address", ["Command.Business"] = "Ann's Flowers" });
        Assert.Contains("This does not look like an e-mail address.", refused.Html, StringComparison.Ordinal);
        Assert.Contains("Ann Example", refused.Html, StringComparison.Ordinal);
        Assert.Contains("Ann&#x27;s Flowers", refused.Html, StringComparison.Ordinal);
    }

    private Task<Result<Guid>> Handle(SignUp command, PluraApp? other = null) =>
        (other ?? app).In(null, services => services.GetRequiredService<SignUpHandler>().Handle(command, "192.0.2.7", CancellationToken.None));

    private async Task<(long, long, long)> Rows() => (
        await app.Ask<long>("select count(*) from accounts.\"user\" where name = 'Ann Example'"),
        await app.Ask<long>("select count(*) from accounts.account where name in ('Ann''s Flowers', 'Elsewhere')"),
        await app.Ask<long>("select count(*) from accounts.acceptance"));

    private SignUp Valid()
    {
        var number = Interlocked.Increment(ref people);
        return new SignUp { Name = "Ann Example", Email = $"ann{number}@flowers.example", Password = "four words in a row", Business = "Ann's Flowers", Country = "US", TimeZone = "America/New_York", BirthYear = Year(40), AcceptTerms = true, AcceptProcessing = true };
    }

    private string Year(int ago) => (app.Clock.GetUtcNow().Year - ago).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
