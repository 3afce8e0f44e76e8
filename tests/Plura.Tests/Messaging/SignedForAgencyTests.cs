using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Plura.Messaging;

namespace Plura.Tests.Messaging;

public sealed class SignedForAgencyTests(PluraApp app)
{
    [Theory]
    [InlineData("bakery.example", "bakery.example")]
    [InlineData("example", "example")]
    [InlineData("akery.example", null)]
    [InlineData("shop.bakery.example", null)]
    public async Task A_letter_from_the_agencys_domain_or_below_it_is_signed_with_it(string confirmed, string? signedBy)
    {
        await using var own = await app.Another();
        var keys = MailKeys.Make(own);
        Assert.Equal(signedBy, keys.Signer((await SentLetter.Send(own, before: account => Confirm(own, account.Id, confirmed))).Mail));
    }

    [Fact]
    public async Task Nobody_else_who_writes_such_a_sender_is_signed_with_it()
    {
        await using var own = await app.Another("--Plura:Roles=web", "--Email:Dkim:Domain=house.example");
        var keys = MailKeys.Make(own);
        Assert.Equal("bakery.example", keys.Signer((await SentLetter.Send(own, before: account => Confirm(own, account.Id, "bakery.example"))).Mail));
        var other = await SentLetter.Send(own);
        Assert.Equal("hello@bakery.example", other.Mail.From.Mailboxes.Single().Address);
        Assert.Equal("house.example", keys.Signer(other.Mail));
    }

    [Fact]
    public async Task A_domain_that_is_only_entered_signs_nothing()
    {
        await using var own = await app.Another();
        var keys = MailKeys.Make(own);
        Assert.Null(keys.Signer((await SentLetter.Send(own, before: async account =>
        {
            await Confirm(own, account.Id, "bakery.example");
            await own.Do("update accounts.agency_brand set sender_confirmed_at = null");
        })).Mail));
    }

    [Fact]
    public async Task Letters_about_an_account_come_from_its_agencys_domain_while_it_is_proven()
    {
        await using var own = await app.Another("--Plura:Roles=web", "--Email:Dkim:Domain=house.example");
        var keys = MailKeys.Make(own);
        var account = await own.NewAccount();
        await Confirm(own, account.Id, "mail.sunrise.example");
        var operators = (await own.Ask<string>("select sender_email from accounts.account where slug = 'operator'"))!;
        var letter = await Letter(own, account);
        Assert.Equal(operators.Split('@')[0] + "@mail.sunrise.example", letter.From.Mailboxes.Single().Address);
        Assert.Equal("mail.sunrise.example", keys.Signer(letter));

        var stranger = await Letter(own, await own.NewAccount());
        Assert.Equal((operators, "house.example"), (stranger.From.Mailboxes.Single().Address, keys.Signer(stranger)));

        await own.Do("update accounts.agency_brand set sender_confirmed_at = null");
        var after = await Letter(own, account);
        Assert.Equal((operators, "house.example"), (after.From.Mailboxes.Single().Address, keys.Signer(after)));
    }

    private static async Task<MimeMessage> Letter(PluraApp own, TestAccount account)
    {
        await account.AskForLetter();
        await account.Work();
        await own.Services.GetRequiredService<Pump>().RunDue(CancellationToken.None);
        var source = await own.Ask<byte[]>("select source from dev.message where recipient = $1 order by at desc, id desc limit 1", $"owner@{account.Slug}.example");
        using var stream = new MemoryStream(source!);
        return await MimeMessage.LoadAsync(stream, CancellationToken.None);
    }

    private static Task Confirm(PluraApp own, Guid account, string domain) => own.Do(
        "insert into accounts.agency_brand (agency_id, name, version, has_logo, sender_domain, sender_confirmed_at) select agency_id, 'Sunrise', 1, false, $2, $3 from accounts.account where id = $1", account, domain, own.Clock.GetUtcNow());
}
