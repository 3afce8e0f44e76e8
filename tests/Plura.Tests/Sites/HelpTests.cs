using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Conversations;
using Plura.Tests.Conversations;

namespace Plura.Tests.Sites;

/// <summary>The operator's support desk is an account of this very product: whatever way people write to it, it stands among its conversations.</summary>
public sealed class HelpTests(PluraApp app)
{
    [Fact]
    public async Task The_contact_page_the_help_page_and_mail_to_support_become_conversations_of_the_operator()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var desk = (await own.In(tenant: null, s => s.GetRequiredService<IAccountDirectory>().Operator(default))).Id;
        var visit = await own.NewBrowser().Get("/contact");
        own.Clock.Advance(TimeSpan.FromSeconds(5));
        await visit.Submit("[name=visit]", new { Name = "Ann Miller", Email = "ann@visitors.example", Message = "What does it cost?" });
        var help = await (await account.SignIn()).Get(account.Page("help"));
        var said = await help.Submit("[name='Command.Message']", new { Message = "Where are my forms?" });
        Assert.Contains("Your message is on its way.", said.Text, StringComparison.Ordinal);
        await help.Submit("[name='Command.Message']", new { Message = "Where are my forms?" });
        Assert.Null((await own.TryReceive("support@inbox.test", InboxDesk.Letter("Ben <ben@people.example>", "By mail"))).Refusal);
        await OutboxWork.Run(own, desk, mayFail: false);
        var listed = await own.In(desk, s => s.GetRequiredService<ListConversationsHandler>().Handle(new ListConversations { View = "open" }, default));
        Assert.Equal(["Ann Miller", "Ben"], listed.Value.Items.Select(c => c.Name).Where(n => n is "Ann Miller" or "Ben").Order(StringComparer.Ordinal));
        Assert.Equal(3, listed.Value.Items.Count);
        var asked = Assert.Single(listed.Value.Items, c => c.Name is not ("Ann Miller" or "Ben"));
        var thread = await own.In(desk, s => s.GetRequiredService<ReadMessages>().Of(asked.Id, null, 10, default));
        Assert.StartsWith("Where are my forms?", Assert.Single(thread.Value.Items).Text, StringComparison.Ordinal);
        Assert.Empty(await account.Listed("open"));
    }

    [Fact]
    public async Task An_empty_question_is_refused_in_words()
    {
        var account = await app.NewAccount();
        var page = await (await account.SignIn()).Get(account.Page("help"));
        Assert.Contains("Please write what it is about.", (await page.Submit("[name='Command.Message']", new { Message = " " })).Text, StringComparison.Ordinal);
    }
}
