<?php
// Made by `make clients` of the model's description: change that instead.

class COM_AntiSpam extends VARIANT
{
    public function TestSpamAssassinConnection($Hostname, $Port, &$ResultText)
    {
        $value = $this->postroomAsk('com.call', 'TestSpamAssassinConnection', [$Hostname, $Port], $outs);
        $ResultText = $outs['ResultText'];
        return $value;
    }
}

class COM_AntiVirus extends VARIANT
{
    public function TestCustomerScanner($customExecutable, $virusReturnCode, &$ResultText)
    {
        $value = $this->postroomAsk('com.call', 'TestCustomerScanner', [$customExecutable, $virusReturnCode], $outs);
        $ResultText = $outs['ResultText'];
        return $value;
    }

    public function TestClamWinScanner($clamWinExecutable, $clamWinDatabase, &$ResultText)
    {
        $value = $this->postroomAsk('com.call', 'TestClamWinScanner', [$clamWinExecutable, $clamWinDatabase], $outs);
        $ResultText = $outs['ResultText'];
        return $value;
    }

    public function TestClamAVScanner($ClamAVHostName, $ClamAVPort, &$ResultText)
    {
        $value = $this->postroomAsk('com.call', 'TestClamAVScanner', [$ClamAVHostName, $ClamAVPort], $outs);
        $ResultText = $outs['ResultText'];
        return $value;
    }
}
