using System.Text.Json;

namespace Plura.Tests.Conversations;

public sealed class MeasureAnswerTests(PluraApp app)
{
    [Theory]
    [InlineData("See you at nine", 1, "One text message; 145 more characters fit.")]
    [InlineData("See you at nine 😀", 1, "One text message. Because of 😀 only 70 characters fit into one instead of 160.")]
    [InlineData("   ", 0, "")]
    public async Task Whoever_answers_by_text_reads_as_how_many_messages_it_goes(string text, int messages, string words)
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var page = await browser.Get(account.Page("conversations"));
        using var answer = await browser.Send(HttpMethod.Post, account.Page("conversations/measure"), Form(page, text), follow: false);
        var told = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((messages, words), (told.GetProperty("messages").GetInt32(), told.GetProperty("words").GetString()));
    }

    private static FormUrlEncodedContent Form(WebPage page, string text) =>
        new([new("__RequestVerificationToken", page.Find("[name=__RequestVerificationToken]").GetAttribute("value")!), new("text", text)]);
}
