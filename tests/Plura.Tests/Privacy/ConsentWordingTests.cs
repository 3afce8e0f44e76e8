using Plura.Privacy.Contracts;

namespace Plura.Tests.Privacy;

public sealed class ConsentWordingTests(PluraApp app)
{
    [Theory]
    [InlineData(Channels.Sms)]
    [InlineData(Channels.Email)]
    public void The_words_that_are_suggested_have_it_all(string channel) => Assert.Empty(ConsentWording.Missing(channel, ConsentWording.Suggest(channel, "Corner Bakery"), "Corner Bakery"));

    [Theory]
    [InlineData("Corner Bakery", "name Corner Bakery")]
    [InlineData("text messages", "about text messages")]
    [InlineData(", up to four a month", "how often")]
    [InlineData("Message and data rates may apply.", "Message and data rates may apply")]
    [InlineData("STOP", "STOP ends it")]
    [InlineData("HELP for help", "HELP brings help")]
    [InlineData("not a condition of any purchase", "nobody has to agree")]
    public void Each_thing_that_is_left_out_of_words_for_texts_is_said(string without, string said)
    {
        var wording = ConsentWording.Suggest(Channels.Sms, "Corner Bakery").Replace(without, "", StringComparison.Ordinal);
        Assert.Contains(ConsentWording.Missing(Channels.Sms, wording, "Corner Bakery"), m => m.Contains(said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Sí, Corner Bakery puede enviarme mensajes de texto, hasta cuatro al mes. Pueden aplicarse cargos por mensajes y datos. Responda ALTO para terminar y AYUDA para ayuda. No es una condición de compra.")]
    [InlineData("Oui, Corner Bakery peut m'envoyer des SMS, quatre par mois au plus. Des frais de messagerie peuvent s'appliquer. Répondez STOP pour arrêter, AIDE pour de l'aide. Ce n'est pas une condition d'achat.")]
    public void Spanish_and_French_are_understood(string wording) => Assert.Empty(ConsentWording.Missing(Channels.Sms, wording, "Corner Bakery"));

    [Fact]
    public void One_box_for_both_is_said_for_either()
    {
        const string Both = "Yes, Corner Bakery may write to me by e-mail and by text message. I can stop at any time.";
        Assert.Contains(ConsentWording.Missing(Channels.Email, Both, "Corner Bakery"), m => m.Contains("a box of its own", StringComparison.Ordinal));
        Assert.Contains(ConsentWording.Missing(Channels.Sms, Both, "Corner Bakery"), m => m.Contains("a box of its own", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_builds_a_form_reads_what_is_missing_and_words_that_have_it_all()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var page = await (await browser.Get(account.Page("sites/forms/new"))).Submit("[name='SmsWording']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["SmsWording"] = "Yes, Corner Bakery may text me.", ["ask"] = new[] { "phone", "email" } });
        var check = page.Document.QuerySelector("[data-wording=sms]");
        Assert.NotNull(check);
        Assert.Contains("STOP ends it", check.TextContent, StringComparison.Ordinal);
        Assert.Contains("Message and data rates may apply. I can reply STOP", check.TextContent, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("[data-wording=email]"));
    }
}
