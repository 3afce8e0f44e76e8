using Plura.Sites;
using Plura.Sites.Data;
using Plura.Tests.Campaigns;
using Plura.Tests.Contacts;

namespace Plura.Tests.Sites;

/// <summary>Who knows somebody's number or address can agree for nothing but the address they typed themselves.</summary>
public sealed class TypedAddressTests(PluraApp first)
{
    private const string Victim = "zoe@victim.example";
    private const string Stranger = "mallory@other.example";
    private const string Number = "+14155552671";
    private const string OtherNumber = "+14155552672";

    [Fact]
    public async Task A_number_that_is_known_gives_no_permission_for_the_mailbox_beside_it()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var zoe = await account.Create("Zoe", email: Victim, phone: "415 555 2671");
        var form = await account.Form(doubleOptIn: false, AskBoth);

        await app.FillIn(form, new(StringComparer.Ordinal) { ["email"] = "Mallory@Other.example", ["phone"] = "415 555 2671", ["consent_0"] = true });

        Assert.Null(await Permission(account, Victim));
        Assert.Equal("granted", await Permission(account, Stranger));
        // Nothing gives way to what a stranger typed: it stands behind.
        Assert.Equal([Victim, Stranger], (await account.Contact(zoe))!.Emails.Select(e => e.Normal));
        Assert.Equal(1, await account.Ask<long>("select count(*) from contacts.contact"));
    }

    [Fact]
    public async Task An_address_that_is_known_gives_no_permission_for_the_number_beside_it()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var zoe = await account.Create("Zoe", email: Victim, phone: "415 555 2671");
        var form = await account.Form(doubleOptIn: false, AskBoth);

        await app.FillIn(form, new(StringComparer.Ordinal) { ["email"] = Victim, ["phone"] = "(415) 555-2672", ["consent_1"] = true });

        Assert.Null(await Permission(account, Number));
        Assert.Equal("granted", await Permission(account, OtherNumber));
        Assert.Equal([Number, OtherNumber], (await account.Contact(zoe))!.Phones.Select(p => p.Normal));
    }

    [Fact]
    public async Task The_letter_that_asks_goes_to_the_address_that_was_typed()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await account.Create("Zoe", email: Victim, phone: "415 555 2671");
        var form = await account.Form(doubleOptIn: true, AskBoth);

        var asked = await app.FillIn(form, new(StringComparer.Ordinal) { ["email"] = Stranger, ["phone"] = "415 555 2671", ["consent_0"] = true });
        await account.Settle(app);

        Assert.Contains("One more step", asked.Text, StringComparison.Ordinal);
        Assert.Equal(Stranger, Assert.Single((await app.NewBrowser().GetJson("/dev/mailbox")).EnumerateArray()).GetProperty("to").GetString());
        Assert.Null(await Permission(account, Victim));
    }

    [Fact]
    public async Task A_number_of_somebody_else_stays_theirs_and_nothing_is_recorded_for_it()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var zoe = await account.Create("Zoe", phone: "415 555 2671");
        var mia = await account.Create("Mia", email: "mia@people.example");
        var form = await account.Form(doubleOptIn: false, AskBoth);

        var thanks = await app.FillIn(form, new(StringComparer.Ordinal) { ["email"] = "mia@people.example", ["phone"] = "415 555 2671", ["consent_0"] = true, ["consent_1"] = true });

        Assert.Contains(form.ThankYou, thanks.Text, StringComparison.Ordinal);
        Assert.Null(await Permission(account, Number));
        Assert.Equal("granted", await Permission(account, "mia@people.example"));
        Assert.Empty((await account.Contact(mia))!.Phones);
        Assert.Single((await account.Contact(zoe))!.Phones);
    }

    private static void AskBoth(BuildForm words)
    {
        words.Fields = [new FormField("email", "E-mail address", false), new FormField("phone", "Phone number", false)];
        words.SmsWording = "Yes, you may send me texts.";
    }

    private static Task<string?> Permission(TestAccount account, string address) => account.Ask<string>(
        "select s.act from contacts.contact_point p join privacy.consent_state s on s.address_key = p.address_key where p.normal = $1", address);
}
