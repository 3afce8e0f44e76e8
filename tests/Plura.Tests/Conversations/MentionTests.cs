using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Conversations;

namespace Plura.Tests.Conversations;

public sealed class MentionTests(PluraApp app)
{
    private static readonly UserCard Kim = Card("Kim Lee"), KimOther = Card("Kim Leeds"), Ann = Card("Ann-Marie O'Neil");

    [Theory]
    [InlineData("@Kim Lee can you look?", "Kim Lee")]
    [InlineData("Please @kim leeds, and nobody else", "Kim Leeds")]
    [InlineData("@Kim who?", "")]
    [InlineData("ask @ann-marie.", "Ann-Marie O'Neil")]
    [InlineData("@Ann-Marie O'Neil and @Kim Lee and @Kim Lee", "Ann-Marie O'Neil,Kim Lee")]
    [InlineData("write to me@Kim Lee.example", "")]
    [InlineData("@", "")]
    public void Whoever_is_called_by_their_whole_name_or_by_a_first_name_of_their_own_is_meant(string text, string called) =>
        Assert.Equal(called, string.Join(',', Mentions.Of(text, [Kim, KimOther, Ann]).Select(p => p.Name)));

    [Fact]
    public async Task Who_is_called_reads_of_it_and_finds_the_conversation_among_their_mentions()
    {
        var account = await app.NewAccount();
        var taken = await app.Receive(account, "ann@people.example", "Hello");
        var kim = await account.Colleague(app, name: "Kim Lee");
        await account.As(account.OwnerId, s => s.GetRequiredService<WriteNoteHandler>().Handle(new WriteNote { Id = taken.ConversationId, Text = "@Kim the Zeppelin is yours" }, default));
        Assert.Equal(["ann@people.example"], await account.Listed("mentions", kim.Id));
        Assert.Empty(await account.Listed("mentions", account.OwnerId));
        Assert.Equal(1L, await account.Ask<long>("select count(*) from accounts.notice where user_id = $1 and kind = $2 and text not like '%Zeppelin%'", kim.Id, ConversationNotices.Mention));
    }

    private static UserCard Card(string name) => new(Guid.CreateVersion7(DateTimeOffset.UnixEpoch), name, $"{name.Length}@people.example", EmailConfirmed: true);
}
