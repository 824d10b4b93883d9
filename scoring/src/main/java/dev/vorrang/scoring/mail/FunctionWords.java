package dev.vorrang.scoring.mail;

import java.util.Set;

/**
 * Words that hold sentences together. They move a model's answer along with others, but tell a reader nothing as the reason of it.
 * Words that deny are not among them. Pure.
 */
final class FunctionWords {

    private static final int FEWEST_LETTERS = 2;

    private static final Set<String> ENGLISH = words("""
            the a an and or but if as of to in on at by for from with about into than then that this these those there here
            it its i me my we us our you your he him his she her they them their who which what when where how is are was
            were be been am has have had do does did can could will would shall should may might must so too also just only
            very some any all both each own same such since while up out off over again one im i'm it's i've we've we're
            """);
    private static final Set<String> GERMAN = words("""
            der die das dem den des ein eine einer einem einen eines und oder aber wenn als wie ob dass daß weil da so zu
            zum zur in im ins an am auf aus bei beim bis für mit nach seit über um unter von vom vor durch ich mich mir mein
            meine meiner meinem meinen wir uns unser unsere unserer unserem unseren sie ihr ihre ihrer ihrem ihren ihnen er
            ihn ihm es man sich wer was wo wann welche dies diese dieser ist sind war waren bin sein wird werden wurde hat
            habe haben hatte kann können soll sollen muss müssen will auch noch schon nur sehr doch mal dann hier dort alle
            alles trotzdem
            """);

    private FunctionWords() {}

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }

    /** Whether a word tells a reader what a mail is about. */
    static boolean tells(String word) {
        return word.codePoints().filter(Character::isLetter).count() >= FEWEST_LETTERS
                && !ENGLISH.contains(word)
                && !GERMAN.contains(word);
    }
}
