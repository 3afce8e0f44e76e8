using Plura.Messaging;

namespace Plura.Tests.Messaging;

public sealed class KeywordsTests
{
    [Theory]
    [InlineData("STOP", "stop", "en")]
    [InlineData(" stop. ", "stop", "en")]
    [InlineData("Stop!!!", "stop", "en")]
    [InlineData("«stop»", "stop", "en")]
    [InlineData("STOPALL", "stop", "en")]
    [InlineData("stop all", "stop", "en")]
    [InlineData("Unsubscribe", "stop", "en")]
    [InlineData("cancel", "stop", "en")]
    [InlineData("END", "stop", "en")]
    [InlineData("quit", "stop", "en")]
    [InlineData("revoke", "stop", "en")]
    [InlineData("opt-out", "stop", "en")]
    [InlineData("optout", "stop", "en")]
    [InlineData("remove", "stop", "en")]
    [InlineData("S T O P", "stop", "en")]
    [InlineData("ＳＴＯＰ", "stop", "en")]
    [InlineData("🛑", "stop", "en")]
    [InlineData("parar", "stop", "es")]
    [InlineData("ALTO", "stop", "es")]
    [InlineData("¡Baja!", "stop", "es")]
    [InlineData("Arrêt", "stop", "fr")]
    [InlineData("ARRET", "stop", "fr")]
    [InlineData("désabonner", "stop", "fr")]
    [InlineData("START", "start", "en")]
    [InlineData("unstop", "start", "en")]
    [InlineData("yes", "start", "en")]
    [InlineData("Sí", "start", "es")]
    [InlineData("oui.", "start", "fr")]
    [InlineData("help", "help", "en")]
    [InlineData("INFO?", "help", "en")]
    [InlineData("Ayuda", "help", "es")]
    [InlineData("Aide", "help", "fr")]
    public void A_keyword_is_known_whatever_stands_around_it(string text, string meaning, string language)
    {
        var reading = Keywords.Of(text);
        Assert.Equal((meaning, language), (reading.Meaning, reading.Language));
    }

    [Theory]
    [InlineData("please stop")]
    [InlineData("Stop it now please")]
    [InlineData("Can you stop texting me??")]
    [InlineData("stop sending me these")]
    [InlineData("Don't text me anymore")]
    [InlineData("DO NOT CONTACT ME")]
    [InlineData("take me off your list")]
    [InlineData("Remove my number from your database")]
    [InlineData("i want to opt out")]
    [InlineData("Unsubscribe me please")]
    [InlineData("no more texts!")]
    [InlineData("I don’t want to receive these messages")]
    [InlineData("Leave me alone")]
    [InlineData("wrong number")]
    [InlineData("I revoke my consent")]
    [InlineData("No me escriban más")]
    [InlineData("por favor dejen de enviarme mensajes")]
    [InlineData("quíteme de la lista")]
    [InlineData("Quiero darme de baja")]
    [InlineData("Ne m'envoyez plus de messages")]
    [InlineData("Arrêtez de m'écrire")]
    [InlineData("désabonnez-moi")]
    [InlineData("plus de SMS svp")]
    [InlineData("please quit texting me")]
    [InlineData("can you stop writing to me")]
    [InlineData("do not write to me")]
    [InlineData("don't text")]
    [InlineData("I no longer wish to receive these")]
    [InlineData("I said stop")]
    [InlineData("QUIT IT")]
    [InlineData("stop promotions")]
    [InlineData("not interested, remove")]
    [InlineData("no quiero que me escriban")]
    [InlineData("no envíe más")]
    [InlineData("no más")]
    [InlineData("basta ya")]
    [InlineData("borrarme de la lista")]
    [InlineData("por favor borre mi número")]
    [InlineData("arrêtez vos messages")]
    [InlineData("merci de ne plus m’écrire")]
    [InlineData("ne plus m'envoyer de messages")]
    [InlineData("veuillez me retirer de votre liste")]
    [InlineData("stop merci")]
    public void Words_of_their_own_that_mean_it_are_a_likely_stop(string text) => Assert.Equal("likely_stop", Keywords.Of(text).Meaning);

    [Theory]
    [InlineData("")]
    [InlineData("Thanks, see you on Monday")]
    [InlineData("I'll stop by at five")]
    [InlineData("Which bus stop is nearest?")]
    [InlineData("Please stop by the shop")]
    [InlineData("The end of May works")]
    [InlineData("Can I cancel my appointment?")]
    [InlineData("yes please")]
    [InlineData("Can you help me with my order?")]
    [InlineData("Don't stop, I love it")]
    [InlineData("¿Dónde está la parada?")]
    [InlineData("Je suis à l'arrêt de bus")]
    [InlineData("text me when it is ready")]
    [InlineData("no me mandaron el pedido")]
    [InlineData("Does the 42 stop at your shop?")]
    [InlineData("Basta con dos")]
    public void Anything_else_is_a_message(string text) => Assert.Equal("message", Keywords.Of(text).Meaning);

    [Fact]
    public void Only_a_mere_yes_needs_something_to_begin_again() =>
        Assert.Equal([true, false], [Keywords.Of("YES").OnlyAgain, Keywords.Of("START").OnlyAgain]);

    [Fact]
    public void No_text_is_too_strange_to_be_read()
    {
        var random = new Random(7);
        for (var round = 0; round < 2_000; round++)
            Keywords.Of(string.Concat(Enumerable.Range(0, random.Next(0, 200)).Select(_ => char.ConvertFromUtf32(random.Next(1, 0xD000)))));
    }
}
