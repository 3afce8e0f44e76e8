using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Tests.Campaigns;

namespace Plura.Tests.Messaging;

/// <summary>What is said of a letter before it is sent, with a name server that answers.</summary>
public sealed class LetterDoctorTests(PluraApp app)
{
    [Fact]
    public async Task A_letter_that_is_signed_by_its_sender_s_domain_and_guarded_has_nothing_against_it()
    {
        await using var names = new LocalNames();
        await using var own = await Signed(names);
        var account = await own.NewAccount();
        names.Texts["_dmarc.house.example"] = "v=DMARC1; p=quarantine; rua=mailto:reports@house.example";
        names.Texts["house.example"] = "v=spf1 mx ~all";
        var found = await Examine(account, Letter("hello@news.house.example"));
        Assert.DoesNotContain(found, f => f.Health is LetterHealth.Bad);
        Assert.Contains(found, f => f.Code == "auth.signed");
        Assert.Contains(found, f => f.Code == "auth.aligned");
        Assert.Contains(found, f => f.Code == "dmarc.guarded");
    }

    [Fact]
    public async Task Another_sender_than_the_signature_no_policy_and_a_key_that_is_not_there_are_said_with_what_mends_them()
    {
        await using var names = new LocalNames();
        await using var own = await Signed(names, publish: false);
        var account = await own.NewAccount();
        var found = await Examine(account, Letter("hello@bakery.example"));
        Assert.Equal("_dmarc.bakery.example", Assert.Single(found, f => f.Code == "dmarc.none").Record!.Name);
        Assert.Contains("signed by house.example", Assert.Single(found, f => f.Code == "auth.not_aligned").Text, StringComparison.Ordinal);
        var key = Assert.Single(found, f => f.Code == "auth.no_key").Record!;
        names.Texts[key.Name] = key.Text;
        Assert.Contains(await Examine(account, Letter("hello@bakery.example")), f => f.Code == "auth.signed");
    }

    [Fact]
    public async Task A_name_system_that_does_not_answer_is_asked_once_and_said_and_the_rest_is_looked_at()
    {
        await using var names = new LocalNames { Broken = true };
        await using var own = await Signed(names);
        var found = await Examine(await own.NewAccount(), Letter("hello@bakery.example"));
        Assert.Single(found, f => f.Code == "dns.unknown");
        Assert.Contains(found, f => f.Code == "size.fine");
    }

    [Fact]
    public async Task The_composer_and_the_review_say_it_to_whoever_writes()
    {
        await using var names = new LocalNames();
        await using var own = await Signed(names);
        var account = await own.NewAccount();
        await account.Person("Ann");
        var campaign = await account.Letter(subject: "RE: YOUR ORDER IS WAITING!!!");
        var browser = await account.SignIn();
        var edit = await browser.Get(account.Page($"campaigns/{campaign}/edit"));
        Assert.NotNull(edit.Document.QuerySelector("[data-look=check]"));
        var review = await browser.Get(account.Page($"campaigns/{campaign}/review"));
        Assert.Null(review.Document.QuerySelector("[data-finding]"));
        var looked = await review.Click("Look now");
        Assert.Contains("The subject pretends to be an answer", looked.Text, StringComparison.Ordinal);
        Assert.NotNull(looked.Document.QuerySelector("[data-finding='subject.pretends']"));
        Assert.Contains("will keep this letter from many inboxes", looked.Text, StringComparison.Ordinal);
    }

    private async Task<PluraApp> Signed(LocalNames names, bool publish = true)
    {
        var own = await app.Another("--Plura:Roles=web", "--Email:Dkim:Domain=house.example", $"--Dns:Server={names.Address}", "--Email:ReturnPath=house.example");
        MailKeys.Make(own);
        if (publish)
        {
            var key = own.Services.GetRequiredService<IMailKey>().Published()!;
            names.Texts[$"{key.Selector}._domainkey.house.example"] = $"v=DKIM1; k=rsa; p={key.PublicKey}";
        }

        return own;
    }

    private static LetterContent Letter(string from) => new() { Subject = "Spring offer", Html = "<p>Hello, we have fresh bread for you this week, and cake on Sunday.</p>", FromName = "Bakery", FromEmail = from };

    private static async Task<IReadOnlyList<LetterFinding>> Examine(TestAccount account, LetterContent letter)
    {
        var found = await account.In(s => s.GetRequiredService<ILetterDoctor>().Examine(letter, default));
        Assert.Null(found.Refusal);
        return found.Value;
    }
}
