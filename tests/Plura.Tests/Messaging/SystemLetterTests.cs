using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Plura.Accounts.Contracts;
using Plura.Contacts.Contracts;
using Plura.Messaging;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Tests.Messaging;

public sealed class SystemLetterTests(PluraApp app)
{
    [Theory]
    [InlineData("confirm_email", "Confirm your e-mail address")]
    [InlineData("already_registered", "You already have an account")]
    [InlineData("password_changed", "Your password was changed")]
    public async Task A_posted_letter_reaches_its_user_once(string kind, string subject)
    {
        var account = await app.NewAccount();
        var owner = (await account.In(services => services.GetRequiredService<IAccountDirectory>().Owners(account.Id, CancellationToken.None)))[0];
        var occasion = Guid.CreateVersion7(app.Clock.GetUtcNow());
        for (var twice = 0; twice < 2; twice++)
            await Post(account, new SystemLetter(kind, owner.Id, occasion, ToOperator: false, new Dictionary<string, string>(StringComparer.Ordinal) { ["path"] = "/a/x" }));

        var mail = await Only(owner.Email);
        Assert.Equal(subject, mail.Subject);
        Assert.Contains("http", mail.TextBody!, StringComparison.Ordinal);
        Assert.Null(mail.Headers["List-Unsubscribe"]);
    }

    [Fact]
    public async Task A_message_of_the_contact_page_reaches_the_operator_as_plain_text()
    {
        var account = await app.NewAccount();
        var visit = Guid.CreateVersion7(app.Clock.GetUtcNow());
        await Post(account, new SystemLetter("contact_form", visit, visit, ToOperator: true, new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = "Ann <b>", ["email"] = "ann@example.com", ["message"] = "<script>x</script>" + visit }));
        Assert.Equal(1L, await app.Ask<long>("select count(*) from messaging.send where origin = 'system' and origin_id = $1 and state = 'accepted'", visit));
        Assert.DoesNotContain("script", await app.Ask<string>("select payload::text from platform.outbox_message order by created_at desc limit 1") ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_letter_looks_like_the_letter_and_its_links_do_nothing()
    {
        var account = await app.NewAccount();
        var owner = (await account.In(services => services.GetRequiredService<IAccountDirectory>().Owners(account.Id, CancellationToken.None)))[0];
        var content = new LetterContent { Subject = "Hi {{ contact.first_name }}", Html = "<p>Dear {{ contact.first_name }} <a href=\"https://shop.example\">x</a></p>", FromName = "Bakery", FromEmail = "hello@bakery.example" };
        var sent = await account.In(async services =>
        {
            var contact = await services.GetRequiredService<IContactDirectory>().FindOrCreate(new ContactDraft { FirstName = "Ann", Email = $"ann{Random.Shared.NextInt64()}@example.com" }, CancellationToken.None);
            return await services.GetRequiredService<ISendLedger>().SendTest(content, contact.Value, owner.Id, CancellationToken.None);
        });
        Assert.Null(sent.Refusal);
        await app.Services.GetRequiredService<Pump>().RunDue(CancellationToken.None);
        var mail = await Only(owner.Email);
        Assert.Equal("[Test] Hi Ann", mail.Subject);
        Assert.Contains("Dear Ann", mail.HtmlBody!, StringComparison.Ordinal);
        Assert.Contains("/u/test", mail.HtmlBody!, StringComparison.Ordinal);
        Assert.Contains("https://shop.example", mail.HtmlBody!, StringComparison.Ordinal);
        Assert.DoesNotContain("/o/", mail.HtmlBody!, StringComparison.Ordinal);
    }

    private async Task Post(TestAccount account, SystemLetter letter)
    {
        await account.In(async services =>
        {
            services.GetRequiredService<ISystemMail>().Post(letter);
            await services.GetRequiredService<PluraDb>().SaveChangesAsync();
        });
        await account.Work();
        await app.Services.GetRequiredService<Pump>().RunDue(CancellationToken.None);
    }

    private async Task<MimeMessage> Only(string recipient)
    {
        Assert.Equal(1L, await app.Ask<long>("select count(*) from dev.message where recipient = $1", recipient));
        using var stream = new MemoryStream((await app.Ask<byte[]>("select source from dev.message where recipient = $1", recipient))!);
        return await MimeMessage.LoadAsync(stream, CancellationToken.None);
    }
}
